// mica convert: from images, sounds and tables to files that mica train, eval and predict read.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include <mica/data/idx_numbers.hpp>
#include <mica/data/log_mel.hpp>

#include "command_runner.hpp"
#include "wav_files.hpp"

using namespace command_runner;

namespace {

namespace fs = std::filesystem;

std::string image(int side, int seed, const std::string& magic = "P5") {
  std::string bytes = magic + " " + std::to_string(side) + " " + std::to_string(side) + " 255\n";
  for (int i = 0; i < side * side * (magic == "P6" ? 3 : 1); ++i)
    bytes += static_cast<char>((i * 31 + seed * 57) % 251);
  return bytes;
}

std::string sound(int samples, int seed, int rate = 16000) {
  std::vector<int> numbers;
  for (int i = 0; i < samples; ++i) numbers.push_back((i * (3 + seed) % 97 - 48) * 200 + (i * i * 7 + seed) % 100);
  return tests::wav(1, rate, numbers);
}

// The folder `name` with `count` files for each of two classes.
template <class Make>
void write_folders(const std::string& name, const char* first, const char* second, int count, const char* extension,
                   Make make) {
  for (const std::string label : {first, second}) {
    fs::create_directories(name + "/" + label);
    for (int i = 0; i < count; ++i) {
      write_file(name + "/" + label + "/" + std::to_string(i) + extension, make(i + (label == first ? 0 : count)));
    }
  }
}

// All samples of a part.
struct Numbers {
  std::string samples, labels;
  mica::io::MemorySource source;
  mica::IdxNumbers numbers;

  Numbers(const std::string& folder, const std::string& part)
      : samples(read_file(folder + "/" + part + "-samples-idx-float")),
        labels(read_file(folder + "/" + part + "-labels-idx1-ubyte").substr(8)),
        source(samples.data(), samples.size()) {
    const mica::Status status = numbers.open(source);
    CAPTURE(status.message());
    REQUIRE(status.ok());
    CHECK(labels.size() == static_cast<std::size_t>(numbers.size()));
  }
  std::vector<float> sample(int index) const {
    std::vector<float> sample(static_cast<std::size_t>(numbers.numbers()));
    REQUIRE(numbers.read(index, sample.data()).ok());
    return sample;
  }
};

double about(const std::string& folder, const std::string& what) {
  const std::string text = read_file(folder + "/about.txt");
  const std::size_t found = text.find("\n" + what + " ");
  REQUIRE(found != std::string::npos);
  return std::atof(text.c_str() + found + what.size() + 2);
}

}  // namespace

TEST_CASE("images in folders become files in MNIST's form, which a model is trained on") {
  start_afresh();
  write_folders("pictures", "cat", "dog", 20, ".pgm", [](int i) { return image(28, i); });
  const Result done = mica_works("convert pictures --out data");
  CHECK(done.out == "data: 32 samples of 28x28x1 to train, 8 to test, 2 classes\n");
  CHECK(read_file("data/classes.txt") == "cat\ndog\n");
  const std::string pixels = read_file("data/train-images-idx3-ubyte"),
                    labels = read_file("data/train-labels-idx1-ubyte");
  CHECK(pixels.size() == 16 + 32 * 784);
  CHECK(std::count(labels.begin() + 8, labels.end(), '\0') == 16);
  // Every sample of both parts is one of the files, with its class, and none comes twice.
  std::vector<int> seen(40);
  for (const std::string part : {"train", "t10k"}) {
    const std::string all = read_file("data/" + part + "-images-idx3-ubyte");
    const std::string classes = read_file("data/" + part + "-labels-idx1-ubyte");
    for (std::size_t i = 0; 16 + i * 784 < all.size(); ++i) {
      for (int file = 0; file < 40; ++file) {
        const std::string expected = image(28, file);
        if (expected.substr(expected.size() - 784) != all.substr(16 + i * 784, 784)) continue;
        ++seen[static_cast<std::size_t>(file)];
        CHECK(classes[8 + i] == (file < 20 ? 0 : 1));
      }
    }
  }
  for (const int count : seen) CHECK(count == 1);

  const Result trained = mica_works("train --model mlp --epochs 1 --data data --out a.mica --quiet --json");
  CHECK(member(trained.last_line(), "samples") == "32");
  CHECK(mica_works("predict a.mica --data data --index 7").out.find("label dog") != std::string::npos);
  // The same again, and another draw.
  mica_works("convert pictures --out again");
  CHECK(read_file("again/train-images-idx3-ubyte") == pixels);
  mica_works("convert pictures --out other --seed 2 --test 0.5");
  CHECK(read_file("other/t10k-labels-idx1-ubyte").size() == 8 + 20);
}

TEST_CASE("images in colour become numbers, or grey") {
  start_afresh();
  write_folders("pictures", "1", "10", 5, ".ppm", [](int i) { return image(32, i, "P6"); });
  CHECK(mica_works("convert pictures --out data").out == "data: 8 samples of 32x32x3 to train, 2 to test, 2 classes\n");
  const Numbers training("data", "train");
  CHECK((training.numbers.rank() == 3 && training.numbers.extent(2) == 3));
  double sum = 0, squares = 0;
  for (int i = 0; i < 8; ++i) {
    for (const float x : training.sample(i)) sum += static_cast<double>(x), squares += static_cast<double>(x * x);
  }
  CHECK(std::fabs(sum / (8 * 3072)) < 1e-5);
  CHECK(std::fabs(squares / (8 * 3072) - 1) < 1e-4);
  mica_works("train --model resnet8 --epochs 1 --data data --quiet");
  mica_works("convert pictures --out grey --grey");
  CHECK(read_file("grey/train-images-idx3-ubyte").size() == 16 + 8 * 1024);
}

TEST_CASE("sounds become the features that LogMel computes on a board, or numbers") {
  start_afresh();
  write_folders("words", "yes", "no", 3, ".wav", [](int i) { return sound(i == 4 ? 15000 : 16000, i); });
  CHECK(mica_works("convert words --out data --bands 10 --window 40 --samples 16000 --test 0.3").out ==
        "data: 4 samples of 49x10 to train, 2 to test, 2 classes\n");
  CHECK(read_file("data/classes.txt") == "no\nyes\n");
  static mica::LogMel<16000, 640, 320, 10> features;
  const Numbers training("data", "train");
  const double mean = about("data", "mean"), deviation = about("data", "deviation");
  // One of the words of class "no", the files 3 to 5, is the first sample.
  const std::vector<float> found = training.sample(0);
  double nearest = 1e9;
  for (int file = 3; file < 6; ++file) {
    const std::string bytes = sound(file == 4 ? 15000 : 16000, file).substr(44);
    std::vector<std::int16_t> samples(16000);
    for (std::size_t i = 0; i < bytes.size() / 2; ++i) {
      samples[i] = static_cast<std::int16_t>(static_cast<unsigned char>(bytes[2 * i]) |
                                             static_cast<unsigned char>(bytes[2 * i + 1]) << 8);
    }
    std::vector<float> frames(490);
    features.transform(samples.data(), 16000, frames.data());
    double largest = 0;
    for (std::size_t i = 0; i < 490; ++i) {
      const double expected = (static_cast<double>(frames[i]) - mean) / deviation;
      largest = std::max(largest, std::fabs(expected - static_cast<double>(found[i])));
    }
    nearest = std::min(nearest, largest);
  }
  // about.txt has six digits.
  CHECK(nearest < 1e-4);
  mica_works("train --model dscnn --epochs 1 --data data --out w.mica --quiet");
  CHECK(mica_works("predict w.mica --data data --index 1").out.find("label yes") != std::string::npos);
  CHECK(member(mica_works("eval w.mica --data data --json").last_line(), "samples") == "2");

  mica_works("convert words --out raw --raw --samples 100 --test 0.3");
  CHECK(Numbers("raw", "t10k").numbers.numbers() == 100);
}

TEST_CASE("a list and a table") {
  start_afresh();
  write_folders("p", "a", "b", 4, ".pgm", [](int i) { return image(8, i); });
  write_file("list.txt", "# some\np/a/0.pgm red\r\np/a/1.pgm  red\n\np/b/0.pgm green\np/b/1.pgm green\n");
  CHECK(mica_works("convert list.txt --out l --test 0.5").out ==
        "l: 2 samples of 8x8x1 to train, 2 to test, 2 classes\n");
  CHECK(read_file("l/classes.txt") == "green\nred\n");

  std::string table = "width,kind,weight\n";
  for (int i = 0; i < 20; ++i)
    table += std::to_string(i) + (i % 2 == 0 ? ",9," : ",11,") + std::to_string(1000 + 10 * i) + "\n";
  write_file("t.csv", table);
  CHECK(mica_works("convert t.csv --out t --target kind").out == "t: 16 samples of 2 to train, 4 to test, 2 classes\n");
  CHECK(read_file("t/classes.txt") == "9\n11\n");
  const Numbers training("t", "train");
  for (int i = 0; i < 16; ++i) {
    // Both columns, each standardised, are the same.
    const auto sample = training.sample(i);
    CHECK(std::fabs(sample[0] - sample[1]) < 1e-5f);
  }
}

TEST_CASE("what cannot be converted is named in sentences, and nothing is written") {
  start_afresh();
  mica_refuses("convert nowhere --out d", "no file or folder nowhere");
  mica_refuses("convert .", "--out DIR");
  fs::create_directory("empty");
  mica_refuses("convert empty --out d", "one folder per class");
  write_folders("p", "a", "b", 3, ".pgm", [](int i) { return image(8, i); });
  write_file("p/a/large.pgm", image(9, 1));
  write_file("p/b/short.pgm", image(8, 1).substr(0, 40));
  write_file("p/b/notes.txt", "hello");
  const Result refused = run_mica("convert p --out d");
  CHECK(refused.code == 2);
  CHECK(refused.err ==
        "p/a/large.pgm is an image of 9x9 in grey, but those before are of 8x8 in grey.\n"
        "p/b/notes.txt is no PGM or PPM image: it does not begin with P2, P3, P5 or P6.\n"
        "p/b/short.pgm holds 29 bytes behind its header, but an image of 8x8 pixels takes 64 (cut short).\n"
        "3 of 9 files cannot be used, and nothing was written; --skip leaves them out.\n");
  CHECK(!fs::exists("d"));
  const Result skipped = run_mica("convert p --out d --skip");
  CHECK(skipped.code == 0);
  CHECK(skipped.out == "3 of 9 files were left out.\nd: 4 samples of 8x8x1 to train, 2 to test, 2 classes\n");

  write_file("bad.txt", "path\n");
  mica_refuses("convert bad.txt --out e", "Line 1 of bad.txt");
  write_file("a.csv", "1,2,3\n4,x,6\n");
  mica_refuses("convert a.csv --out e", "Line 2, column 2 of a.csv is \"x\"");
  write_file("a.csv", "1,2,3\n4,6\n");
  mica_refuses("convert a.csv --out e", "has 2 columns; 3 were expected");
  mica_refuses("convert a.csv --out e --target z", "no column \"z\"");
  write_file("a.csv", "a,b\n1,0\n2,1\n");
  mica_refuses("convert a.csv --out e", "would be left for the test");
  write_folders("w", "a", "b", 2, ".wav", [](int i) { return sound(800, i); });
  write_file("w/a/fast.wav", sound(800, 1, 44100));
  CHECK(run_mica("convert w --out e").err.find("44100 samples in a second, but those before have 16000.\n") !=
        std::string::npos);
  fs::remove("w/a/fast.wav");
  CHECK(run_mica("convert w --out e --bands 200").err.find("--bands 200 is too many") != std::string::npos);
  CHECK(run_mica("convert w --out e --window 100").err.find("fewer than the window of 1600") != std::string::npos);
  CHECK(!fs::exists("e"));
  // A model takes no data of another shape.
  mica_works("convert w --out v --bands 10 --test 0.5");
  mica_refuses("train --model dscnn --data v --quiet", "holds samples of 2x10 numbers, but the model takes 49x10x1");
}
