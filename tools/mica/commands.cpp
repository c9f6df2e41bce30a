#include "commands.hpp"

#include <cstdio>
#include <new>
#include <string>
#include <vector>

#include "../models/refusal.hpp"
#include "closest.hpp"
#include "port_name.hpp"

namespace mica::command {
namespace {

constexpr int wrong_use = 2;

struct Command {
  const char* name;
  const char* summary;
  int (*run)(int count, char** words);
};
constexpr Command commands[] = {
    {"train", "trains a reference model and saves it", train},
    {"eval", "measures a saved model on the test set", eval},
    {"predict", "shows what a saved model makes of one sample", predict},
    {"info", "shows the reference models, their layers and their bytes, or what a file holds", info},
    {"export", "writes a saved model as a C++ header, ONNX, safetensors or npz", export_weights},
    {"import", "takes over a model that was trained elsewhere: .onnx, .safetensors, .npz", import_file},
    {"convert", "makes data files from your own images, sounds and tables", convert},
    {"lab", "runs the experiments of the course, with pictures", lab},
};

int print_help() {
  std::puts("Usage: mica SUBCOMMAND [OPTIONS]\nTrains small neural networks and takes them to where they run.\n");
  for (const Command& command : commands) std::printf("  %-10s %s\n", command.name, command.summary);
  std::puts("\n  --help     this text; mica SUBCOMMAND --help describes one\n  --version  version and port");
  return 0;
}

int dispatch(int count, char** words) {
  std::vector<std::string> names;
  std::string list;
  for (const Command& command : commands) {
    names.push_back(command.name);
    list += (list.empty() ? "" : ", ") + names.back();
  }
  if (count < 2) models::refuse("mica needs a subcommand (" + list + "); mica --help describes them.");
  const std::string name = words[1];
  const bool help = name == "--help" || name == "-h", version = name == "--version";
  if ((help || version) && count > 2)
    models::refuse("mica " + name + " takes nothing after it, but " + words[2] + " follows.");
  if (help) return print_help();
  if (version) return std::printf("mica %s (%s)\n", MICA_VERSION, port_name().c_str()), 0;
  for (const Command& command : commands) {
    if (name == command.name) return command.run(count - 2, words + 2);
  }
  const std::string meant = closest(name, names);
  models::refuse("mica has no subcommand \"" + name + "\"" + (meant.empty() ? "" : " (did you mean " + meant + "?)") +
                 "; it has " + list + ".");
}

}  // namespace

int run(int count, char** words) {
  try {
    const int code = dispatch(count, words);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
      models::refuse("The standard output could not be written.");
    return code;
  } catch (const models::Refusal& refusal) {
    std::fflush(stdout);
    std::fprintf(stderr, "%s\n", refusal.sentence.c_str());
  } catch (const std::bad_alloc&) {
    std::fflush(stdout);
    std::fputs("There is not enough memory.\n", stderr);
  }
  return wrong_use;
}

}  // namespace mica::command
