// The mica command where it is used rightly: what it prints, what it writes, and that it does the same every time.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "command_digits.hpp"
#include "command_runner.hpp"
#include "tools/models/networks.hpp"

using namespace command_runner;
namespace models = mica::models;

namespace {

// A short training run; the smallest model, so that it is fast under emulation as well.
const std::string tiny = "train --model tiny --limit 400 --quiet --json ";

bool is_hash(const std::string& value) {
  return value.size() == 18 && value.find_first_not_of("0123456789abcdef", 1) == 17;
}

}  // namespace

TEST_CASE("Help and version") {
  start_afresh();
  const Result help = mica_works("--help");
  for (const char* command : {"train", "eval", "predict", "info", "export"}) {
    CHECK(help.out.find(command) != std::string::npos);
    const Result one = mica_works(std::string(command) + " --help");
    CHECK(one.out.rfind("Usage: mica " + std::string(command), 0) == 0);
    CHECK(one.out.find("--json") != std::string::npos);
  }
  const std::string version = mica_works("--version").out;
  CHECK(version.rfind("mica ", 0) == 0);
  CHECK(version.find('.') != std::string::npos);
}

TEST_CASE("Training reports its figures, twice the same") {
  start_afresh();
  const Result first = mica_works(tiny + "--epochs 2");
  const std::string json = first.last_line();
  CAPTURE(json);
  using Tiny = models::Tiny;
  using Trainer = mica::Trainer<Tiny::Net, Tiny::Loss, Tiny::Optimizer, Tiny::batch>;
  const std::size_t model = sizeof(mica::Model<Tiny::Net>);
  CHECK(json.front() == '{');
  CHECK(json.back() == '}');
  CHECK(member(json, "model") == "\"tiny\"");
  CHECK(member(json, "parameters") == "2410");
  CHECK(member(json, "bytes_inference") == std::to_string(model + mica::Predictor<Tiny::Net>::memory_bytes));
  CHECK(member(json, "bytes_training") == std::to_string(model + sizeof(Trainer)));
  CHECK(member(json, "epochs") == "2");
  CHECK(member(json, "seed") == "42");
  CHECK(std::atof(member(json, "samples_per_second").c_str()) > 0);
  CHECK(std::atof(member(json, "train_loss").c_str()) > 0);
  CHECK(std::atof(member(json, "test_accuracy").c_str()) > 0.1);
  CHECK(is_hash(member(json, "weights_hash")));
  CHECK(mica_works("--version").out.find("(" + member(json, "port").substr(1, member(json, "port").size() - 2) + ")") !=
        std::string::npos);
  CHECK(first.out.find("Epoch") == std::string::npos);

  const Result second = mica_works("train --model tiny --limit 400 --epochs 2 --seed 42 --json");
  CHECK(second.out.find("Epoch 2/2") != std::string::npos);
  CHECK(second.out.find('\r') == std::string::npos);
  CHECK(second.out.find('\x1b') == std::string::npos);
  for (const char* name : {"weights_hash", "train_loss", "test_accuracy"}) {
    CHECK(member(second.last_line(), name) == member(json, name));
  }
  const std::string other = mica_works(tiny + "--epochs 2 --seed 43").last_line();
  CHECK(member(other, "weights_hash") != member(json, "weights_hash"));
  CHECK(files_here().empty());
}

TEST_CASE("A resumed run ends in the same checkpoint as one that was never stopped") {
  start_afresh();
  const std::string settings = "train --model tiny --limit 300 --validation 0.1 --quiet --json ";
  mica_works(settings + "--learning-rate 0.05 --seed 7 --epochs 2 --out half.mica");
  const Result whole = mica_works(settings + "--learning-rate 0.05 --seed 7 --epochs 5 --out whole.mica");
  const Result resumed = mica_works(settings + "--resume half.mica --epochs 5 --out resumed.mica");
  CHECK(member(resumed.last_line(), "weights_hash") == member(whole.last_line(), "weights_hash"));
  CHECK(member(resumed.last_line(), "seed") == "7");
  CHECK(read_file("resumed.mica") == read_file("whole.mica"));
  CHECK(read_file("half.mica") != read_file("whole.mica"));
}

TEST_CASE("A saved model is measured, shown and exported as it was trained") {
  start_afresh();
  const std::string trained = mica_works(tiny + "--epochs 3 --out a.mica --header a.hpp --report a.txt").last_line();
  CHECK(files_here().size() == 3);
  CHECK(read_file("a.txt").find("test accuracy") != std::string::npos);

  const std::string measured = mica_works("eval a.mica --json").last_line();
  for (const char* name : {"model", "weights_hash", "test_accuracy", "test_loss", "port"}) {
    CHECK(member(measured, name) == member(trained, name));
  }
  CHECK(member(measured, "samples") == "4000");
  CHECK(member(mica_works("eval a.mica --limit 10 --json").last_line(), "samples") == "10");

  const std::string known = mica_works("info a.mica --json").last_line();
  CHECK(member(known, "kind") == "\"training\"");
  CHECK(member(known, "epochs") == "3");
  CHECK(member(known, "weights_hash") == member(trained, "weights_hash"));

  mica_works("export a.mica --header b.hpp --json");
  CHECK(read_file("b.hpp") == read_file("a.hpp"));
  mica_works("export a.mica --header c.hpp --name Digits");
  CHECK(read_file("c.hpp").find("using Digits = mica::Sequential<") != std::string::npos);
}

TEST_CASE("A digit from the test set and the same as an image get the same bits") {
  start_afresh();
  mica_works(tiny + "--epochs 3 --out a.mica");
  for (const int index : {0, 17}) {
    std::uint8_t label;
    const std::string pixels = digit_pixels(models::Part::test, index, 8, label);
    write_file("digit.pgm", pgm(8, 8, pixels));
    std::string words = "P2 8 8 # width and height\n255\n";
    for (const char pixel : pixels) words += std::to_string(static_cast<unsigned char>(pixel)) + " ";
    write_file("words.pgm", words);

    const std::string indexed = "predict a.mica --index " + std::to_string(index);
    const Result shown = mica_works(indexed + " --json");
    CHECK(member(shown.last_line(), "label") == std::to_string(label));
    CHECK(shown.out.find("Prediction: " + member(shown.last_line(), "prediction")) != std::string::npos);
    double sum = 0;
    const std::string probabilities = member(shown.last_line(), "probabilities");
    for (std::size_t at = 1; at < probabilities.size(); at = probabilities.find(' ', at) + 1) {
      sum += std::atof(probabilities.c_str() + at);
      if (probabilities.find(' ', at) == std::string::npos) break;
    }
    CHECK(std::abs(sum - 1) < 1e-5);

    const std::string bits = mica_works(indexed + " --bits").out;
    CHECK(bits.size() == 2 + 10 * 9);
    CHECK(mica_works("predict a.mica --image digit.pgm --bits").out == bits);
    CHECK(mica_works("predict a.mica --image words.pgm --bits").out == bits);
  }
  // A largest value below 255 is stretched: 15 of 15 is 255 of 255.
  write_file("full.pgm", pgm(8, 8, std::string(64, '\xff')));
  write_file("fifteen.pgm", "P5 8 8 15\n" + std::string(64, '\x0f'));
  CHECK(mica_works("predict a.mica --image fifteen.pgm --bits").out ==
        mica_works("predict a.mica --image full.pgm --bits").out);
}

TEST_CASE("The same digits from IDX files train to the same weights") {
  start_afresh();
  write_mnist("small", 8, 200, 20);
  write_mnist("large", 28, 100, 20);
  const std::string drawn = mica_works("train --model tiny --limit 200 --epochs 1 --quiet --json").last_line();
  const std::string read = mica_works("train --model tiny --epochs 1 --quiet --json --data small").last_line();
  CHECK(member(read, "weights_hash") == member(drawn, "weights_hash"));
  const std::string limited =
      mica_works("train --model tiny --epochs 1 --quiet --json --data small/ --limit 199").last_line();
  CHECK(member(limited, "weights_hash") != member(drawn, "weights_hash"));

  const std::string mlp =
      mica_works("train --model mlp --epochs 1 --json --quiet --data large --out m.mica").last_line();
  CHECK(member(mlp, "test_accuracy") ==
        member(mica_works("eval m.mica --data large --json").last_line(), "test_accuracy"));
  CHECK(mica_works("predict m.mica --data large --index 3 --bits").out ==
        mica_works("predict m.mica --index 3 --bits").out);

  // Where the model takes 8x8, images of 28x28 are made smaller: a white one becomes a white one.
  mica_works("train --model tiny --epochs 1 --quiet --data large --out t.mica");
  write_file("large/t10k-images-idx3-ubyte", idx_images(20, 28, std::string(20 * 28 * 28, '\xff')));
  write_file("white.pgm", pgm(8, 8, std::string(64, '\xff')));
  CHECK(mica_works("predict t.mica --data large --index 0 --bits").out ==
        mica_works("predict t.mica --image white.pgm --bits").out);
}

TEST_CASE("Early stopping ends with the best weights, in a checkpoint that holds nothing else") {
  start_afresh();
  const std::string settings = "train --model tiny --limit 60 --validation 0.5 --quiet --json --learning-rate 0.3 ";
  const std::string stopped = mica_works(settings + "--epochs 200 --patience 2 --out best.mica").last_line();
  const int epochs = std::atoi(member(stopped, "epochs").c_str());
  CHECK(epochs > 2);
  CHECK(epochs < 200);
  const std::string best = mica_works(settings + "--epochs " + std::to_string(epochs - 2)).last_line();
  CHECK(member(best, "weights_hash") == member(stopped, "weights_hash"));
  CHECK(member(mica_works("info best.mica --json").last_line(), "kind") == "\"model\"");
  mica_refuses("train --quiet --resume best.mica --epochs 500", "best.mica");
}

TEST_CASE("Threads share the work without changing a bit") {
  start_afresh();
  const std::string settings = "train --model cnn --limit 96 --epochs 1 --quiet --json";
  const std::string alone = mica_works(settings).last_line();
  for (const char* threads : {"2", "3"}) {
    const std::string shared = mica_works(settings + " --threads " + threads).last_line();
    CHECK(member(shared, "weights_hash") == member(alone, "weights_hash"));
  }
}

TEST_CASE("Every reference model is listed, and those for digits train") {
  start_afresh();
  const std::string list = mica_works("info --json").last_line();
  for (const char* name :
       {"mlp", "mlp_bn", "cnn", "lenet5", "deep50", "tiny", "dscnn", "resnet8", "autoencoder", "gru"}) {
    CAPTURE(name);
    CHECK(list.find("\"model\": \"" + std::string(name) + "\"") != std::string::npos);
    const Result shown = mica_works("info --model " + std::string(name));
    CHECK(shown.out.rfind(std::string(name) + ": ", 0) == 0);
    CHECK(shown.out.find("Dense<") != std::string::npos);
  }
  using Deep = mica::Model<models::Deep50::Net>;
  CHECK(member(mica_works("info --json --model deep50").last_line(), "bytes_model") == std::to_string(sizeof(Deep)));
  write_mnist("large", 28, 30, 10);
  for (const char* name : {"mlp_bn", "cnn", "lenet5", "deep50"}) {
    mica_works("train --epochs 1 --data large --quiet --out d.mica --model " + std::string(name));
    CHECK(member(mica_works("eval d.mica --data large --json").last_line(), "model") ==
          "\"" + std::string(name) + "\"");
  }
}

TEST_CASE("tiny learns digits") {
  start_afresh();
  const char* const folder = std::getenv("MICA_DATA");
  if (folder == nullptr) MESSAGE("MICA_DATA is not set: synthetic digits instead of MNIST.");
  const std::string data = folder == nullptr ? "" : "--data '" + std::string(folder) + "' ";
  const std::string json = mica_works("train --model tiny --epochs 2 --limit 10000 --quiet --json " + data).last_line();
  CHECK(std::atof(member(json, "test_accuracy").c_str()) > 0.85);
}

TEST_CASE("A processor without the port's instructions is told so") {
#if defined(__AVX2__) && !defined(__SANITIZE_ADDRESS__)
  if (std::system("command -v qemu-x86_64 >/dev/null") != 0) {
    MESSAGE("qemu-x86_64 is not installed: not tried.");
    return;
  }
  start_afresh();
  const Result result = run_mica("info", "qemu-x86_64 -cpu Nehalem ");
  CHECK(result.code == 2);
  CHECK(result.err.find("AVX2, which this one lacks") != std::string::npos);
  CHECK(result.out.empty());
#if defined(__AVX512F__)
  const Result newer = run_mica("info", "qemu-x86_64 -cpu Haswell ");
  CHECK(newer.code == 2);
  CHECK(newer.err.find("AVX-512F, which this one lacks") != std::string::npos);
  CHECK(newer.out.empty());
#endif
#else
  MESSAGE("Only tried for the AVX2 port without sanitizers.");
#endif
}
