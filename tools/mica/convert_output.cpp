#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <mica/data/permutation.hpp>
#include <mica/rng.hpp>

#include "../models/refusal.hpp"
#include "convert.hpp"
#include "format.hpp"
#include "output_file.hpp"

namespace mica::command {
namespace {

using Indices = std::vector<std::size_t>;

// Of each class the same share, drawn from the seed; at least one sample of each class is trained on.
void split(const ConvertedData& data, const ConvertOptions& options, Indices& training, Indices& test) {
  std::vector<Indices> by_class(data.classes.size());
  for (std::size_t i = 0; i < data.labels.size(); ++i) by_class[static_cast<std::size_t>(data.labels[i])].push_back(i);
  for (std::uint32_t label = 0; label < by_class.size(); ++label) {
    const Indices& samples = by_class[label];
    const auto count = static_cast<std::uint32_t>(samples.size());
    const auto kept = static_cast<std::uint32_t>(std::lround(static_cast<double>(options.test) * count));
    const Permutation order(count, Random(options.seed).fork(label));
    for (std::uint32_t i = 0; i < count; ++i)
      (i < kept && i + 1 < count ? test : training).push_back(samples[order(i)]);
  }
}

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xff);
  return bytes;
}

std::string header(int type, std::size_t count, const std::vector<int>& shape) {
  std::string bytes{'\0', '\0', static_cast<char>(type), static_cast<char>(1 + shape.size())};
  bytes += big_endian(static_cast<std::uint32_t>(count));
  for (const int extent : shape) bytes += big_endian(static_cast<std::uint32_t>(extent));
  return bytes;
}

// Scaling: what makes each column, or all numbers together, have mean 0 and deviation 1 in the training part.
struct Scaling {
  std::vector<double> means, deviations;

  Scaling(const ConvertedData& data, const Indices& samples) {
    const std::size_t size = data.sample_size(), columns = data.by_column ? size : 1;
    std::vector<double> squares(columns);
    means.resize(columns);
    deviations.resize(columns);
    const double count = static_cast<double>(samples.size()) * static_cast<double>(size / columns);
    // In two passes, so that a large mean takes nothing of the deviation.
    for (const std::size_t sample : samples) {
      for (std::size_t i = 0; i < size; ++i) means[i % columns] += static_cast<double>(data.numbers[sample * size + i]);
    }
    for (double& mean : means) mean /= count;
    for (const std::size_t sample : samples) {
      for (std::size_t i = 0; i < size; ++i) {
        const double offset = static_cast<double>(data.numbers[sample * size + i]) - means[i % columns];
        squares[i % columns] += offset * offset;
      }
    }
    for (std::size_t i = 0; i < columns; ++i) {
      deviations[i] = std::sqrt(squares[i] / count);
      if (!(deviations[i] > 0)) deviations[i] = 1;
    }
  }
  float operator()(float number, std::size_t i) const {
    const std::size_t column = i % means.size();
    return static_cast<float>((static_cast<double>(number) - means[column]) / deviations[column]);
  }
  std::string text() const {
    std::string text = "mean";
    for (const double mean : means) text += " " + short_number(mean);
    text += "\ndeviation";
    for (const double deviation : deviations) text += " " + short_number(deviation);
    return text + "\n";
  }
};

void write_part(const std::string& folder, const std::string& samples_name, const std::string& labels_name,
                const ConvertedData& data, const Indices& samples, const Scaling* scaling) {
  const std::size_t size = data.sample_size();
  std::string bytes, labels = header(8, samples.size(), {});
  if (data.in_bytes) {
    // One channel, which IDX files of images do not name.
    bytes = header(8, samples.size(), {data.shape[0], data.shape[1]});
  } else {
    bytes = header(0x0d, samples.size(), data.shape);
  }
  for (const std::size_t sample : samples) {
    for (std::size_t i = 0; i < size; ++i) {
      if (data.in_bytes) {
        bytes += static_cast<char>(data.bytes[sample * size + i]);
        continue;
      }
      const float number = (*scaling)(data.numbers[sample * size + i], i);
      std::uint32_t bits;
      std::memcpy(&bits, &number, sizeof bits);
      bytes += big_endian(bits);
    }
    labels += static_cast<char>(data.labels[sample]);
  }
  write_text(folder + samples_name, bytes);
  write_text(folder + labels_name, labels);
}

}  // namespace

void write_converted(const ConvertedData& data, const ConvertOptions& options) {
  Indices training, test;
  split(data, options, training, test);
  if (test.empty()) {
    models::refuse("With --test " + short_number(static_cast<double>(options.test)) + " no sample of " +
                   std::to_string(data.labels.size()) + " would be left for the test.");
  }
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  if (error) models::refuse("The folder " + options.out + " could not be made: " + error.message() + ".");

  const std::string folder = options.out + "/";
  std::string shape;
  for (const int extent : data.shape) shape += (shape.empty() ? "" : "x") + std::to_string(extent);
  std::string about = "samples of " + shape + (data.in_bytes ? " bytes" : " numbers") + "\ntraining " +
                      std::to_string(training.size()) + "\ntest " + std::to_string(test.size()) + "\n";
  if (data.in_bytes) {
    write_part(folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte", data, training, nullptr);
    write_part(folder, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", data, test, nullptr);
  } else {
    const Scaling scaling(data, training);
    write_part(folder, "train-samples-idx-float", "train-labels-idx1-ubyte", data, training, &scaling);
    write_part(folder, "t10k-samples-idx-float", "t10k-labels-idx1-ubyte", data, test, &scaling);
    about += scaling.text();
  }
  std::string classes;
  for (const std::string& name : data.classes) classes += name + "\n";
  write_text(folder + "classes.txt", classes);
  write_text(folder + "about.txt", about);
  std::printf("%s: %zu samples of %s to train, %zu to test, %zu classes\n", options.out.c_str(), training.size(),
              shape.c_str(), test.size(), data.classes.size());
}

}  // namespace mica::command
