#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "../models/refusal.hpp"
#include "arguments.hpp"
#include "commands.hpp"
#include "convert.hpp"
#include "terminal.hpp"

namespace mica::command {
namespace {

bool parse(ConvertOptions& options, int count, char** words) {
  Arguments arguments(
      "convert", "INPUT --out DIR [OPTIONS]",
      "Makes data files for mica train --data from your own samples. INPUT is a folder that holds a folder "
      "of\nfiles for each class, or a list with a path and a class on each line, or a CSV file. Images: PGM "
      "and PPM.\nSounds: WAV with 16-bit PCM, which become log-mel features. Numbers are standardised with "
      "the mean and the\ndeviation of the training part, which stand in DIR/about.txt.");
  arguments.operand("INPUT", true, options.input);
  std::optional<float> test;
  arguments.text("--out", "DIR", "the folder for the files, which is made if it is not there", options.out);
  arguments.number("--test", "SHARE", "of each class, drawn at random, for the test (default: 0.2)", 0.001, 0.9, test);
  arguments.integer("--seed", "N", "of that draw (default: 1)", 0, UINT64_MAX, options.seed);
  arguments.flag("--grey", "make images in colour grey", options.grey);
  arguments.integer("--bands", "N", "features of a sound: bands of a frame (default: 40)", 1, 256, options.bands);
  arguments.integer("--window", "MS", "features of a sound: milliseconds a frame looks at (default: 30)", 1, 1000,
                    options.window);
  arguments.integer("--hop", "MS", "features of a sound: milliseconds from frame to frame (default: 20)", 1, 1000,
                    options.hop);
  arguments.flag("--raw", "the samples of a sound as they are, no features", options.raw);
  arguments.integer("--samples", "N", "of a sound: cut longer ones, fill up shorter ones with silence", 1, 100000000,
                    options.samples);
  arguments.text("--target", "NAME", "of a CSV file: the column of the class (default: the last)", options.target);
  arguments.flag("--skip", "leave out files that cannot be used", options.skip);
  arguments.flag("--quiet", "no progress", options.quiet);
  if (!arguments.parse(count, words)) return false;
  if (options.out.empty()) models::refuse("mica convert needs --out DIR, the folder to write into.");
  if (test) options.test = *test;
  return true;
}

std::string extension_of(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c; });
  return extension;
}

// How many files are done, drawn over on a terminal.
void show_progress(std::size_t done, std::size_t files, const Terminal& terminal) {
  if (!terminal.interactive || (done % 16 != 0 && done != files)) return;
  std::printf("\r%zu of %zu files%s", done, files, done == files ? "\n" : "");
  std::fflush(stdout);
}

ConvertedData read_files(const ConvertOptions& options) {
  const std::vector<LabelledFile> files = find_files(options.input);
  const bool sounds = std::any_of(files.begin(), files.end(),
                                  [](const LabelledFile& file) { return extension_of(file.path) == ".wav"; });
  const AddFile add = sounds ? sound_adder(options) : image_adder(options);
  ConvertedData data;
  data.classes = classes_of(files);
  const Terminal screen = terminal();
  std::vector<std::string> refused;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::size_t bytes = data.bytes.size(), numbers = data.numbers.size();
    try {
      add(files[i].path, data);
      const auto found = std::find(data.classes.begin(), data.classes.end(), files[i].class_name);
      data.labels.push_back(static_cast<int>(found - data.classes.begin()));
    } catch (const models::Refusal& refusal) {
      refused.push_back(refusal.sentence);
      data.bytes.resize(bytes);
      data.numbers.resize(numbers);
    }
    if (!options.quiet) show_progress(i + 1, files.size(), screen);
  }
  for (const std::string& sentence : refused) std::fprintf(stderr, "%s\n", sentence.c_str());
  const std::string what = std::to_string(refused.size()) + " of " + std::to_string(files.size()) + " files";
  if (data.labels.empty()) models::refuse("None of " + std::to_string(files.size()) + " files can be used.");
  if (!refused.empty() && !options.skip) {
    models::refuse(what + " cannot be used, and nothing was written; --skip leaves them out.");
  }
  if (!refused.empty()) std::printf("%s were left out.\n", what.c_str());
  return data;
}

}  // namespace

int convert(int count, char** words) {
  ConvertOptions options;
  if (!parse(options, count, words)) return 0;
  write_converted(extension_of(options.input) == ".csv" ? read_table(options) : read_files(options), options);
  return 0;
}

}  // namespace mica::command
