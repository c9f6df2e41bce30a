// The mica command where it is used wrongly: one sentence, exit code 2, and every file as it was.
#include <cstdint>
#include <string>

#include <doctest/doctest.h>

#include <mica/io/checkpoint.hpp>
#include <mica/io/file.hpp>
#include <mica/mica.hpp>

#include "command_digits.hpp"
#include "command_runner.hpp"
#include "onnx/small_models.hpp"

using namespace command_runner;

namespace {

// A folder with the checkpoint of a trained model, and digits for it.
void prepare() {
  start_afresh();
  write_mnist("data", 8, 40, 20);
  mica_works("train --model tiny --data data --epochs 2 --quiet --out a.mica");
}

// A training run that would overwrite a.mica.
const std::string train = "train --model tiny --quiet --out a.mica ";

}  // namespace

TEST_CASE("Subcommands and options") {
  start_afresh();
  mica_refuses("", "train, eval, predict, info, export");
  mica_refuses("nosuch", "nosuch");
  mica_refuses("trian", "train");
  mica_refuses("--version now", "now");
  for (const char* command : {"train", "eval", "predict", "info", "export"}) {
    mica_refuses(std::string(command) + " --nosuch", "--nosuch");
    mica_refuses(std::string(command) + " one two", command);
    mica_refuses(std::string(command) + " ''", command);
  }
  mica_refuses("train --epoch 3", "--epochs");
  mica_refuses("train --epochs", "needs a value");
  for (const char* value : {"0", "-1", "1.5", "abc", "''", "99999999999999999999", "0x10", "' 3'"}) {
    mica_refuses(std::string("train --epochs ") + value, "--epochs must be a whole number from 1");
  }
  mica_refuses("train --seed -1", "--seed");
  for (const char* value : {"0", "nan", "inf", "-0.1", "1e9", "0x1p-3", "1,5", "0.1x", "''"}) {
    mica_refuses(std::string("train --learning-rate ") + value, "--learning-rate must be a number from");
  }
  mica_refuses("train --momentum 1", "--momentum");
  mica_refuses("train --quiet --quiet", "twice");
  mica_refuses("train --quiet=yes", "no value");
  mica_refuses("train --limit=0", "--limit");
}

TEST_CASE("Training that cannot be") {
  prepare();
  mica_refuses(train + "--model mlp", "twice");
  mica_refuses("train --model nosuch", "mlp, mlp_bn, cnn, lenet5, deep50, tiny, dscnn, resnet8, autoencoder, gru");
  mica_refuses(train + "--momentum 0.9", "no momentum");
  mica_refuses(train + "--limit 20001", "20000");
  mica_refuses(train + "--data data --limit 41", "40");
  mica_refuses(train + "--validation 1", "--validation");
  mica_refuses(train + "--data data --validation 0.001", "--validation");
  mica_refuses(train + "--patience 3", "--validation");
  mica_refuses(train + "--header a.mica", "both name a.mica");
  mica_refuses("train --model tiny --data data --out nosuch/b.mica", "nosuch/b.mica");
  mica_refuses("train --model tiny --data data --out a.mica/b.mica", "a.mica/b.mica");
  mica_refuses("train --model tiny --data data --out data", "data");
  mica_refuses("train --model tiny --data data --out b.mica --header nosuch/b.hpp", "nosuch/b.hpp");
  mica_refuses("train --model tiny --data data --out b.mica --report nosuch/b.txt", "nosuch/b.txt");
  mica_refuses("train --model tiny --data data --out /proc/b.mica", "/proc/b.mica");
  mica_refuses("train --model tiny --data data --learning-rate 1000 --epochs 50", "no longer a number");
  // What was saved before the loss was lost stays, and is whole.
  write_file("a.mica", "");
  CHECK(run_mica(train + "--data data --learning-rate 1000 --epochs 50").code == 2);
  mica_works("info a.mica");
}

TEST_CASE("Data that cannot be") {
  prepare();
  const std::string images = "data/train-images-idx3-ubyte", labels = "data/train-labels-idx1-ubyte";
  const std::string good_images = read_file(images), good_labels = read_file(labels);
  const auto refuses_images = [&](const std::string& bytes, const std::string& expected) {
    write_file(images, bytes);
    mica_refuses(train + "--data data", expected);
    write_file(images, good_images);
  };
  const auto refuses_labels = [&](const std::string& bytes, const std::string& expected) {
    write_file(labels, bytes);
    mica_refuses(train + "--data data", expected);
    write_file(labels, good_labels);
  };
  mica_refuses(train + "--data nosuch", "nosuch/train-images-idx3-ubyte");
  mica_refuses(train + "--data a.mica", "a.mica/train-images-idx3-ubyte");
  refuses_images("", "0 bytes");
  refuses_images(good_images.substr(0, 15), "15 bytes");
  refuses_images(good_images.substr(0, good_images.size() - 1), "cut short");
  refuses_images(good_images + '\0', "too long");
  refuses_images('\x1f' + good_images.substr(1), "begins with 0x1f000803");
  refuses_images(good_labels, "a file of labels");
  refuses_images(idx_images(40, 9, std::string(40 * 81, '\0')), "9x9");
  refuses_images(idx_images(39, 8, good_images.substr(16, 39 * 64)), "39 images");
  refuses_labels(good_labels.substr(0, 47), "cut short");
  refuses_labels(good_labels.substr(0, 7), "7 bytes");
  refuses_labels(good_labels.substr(0, 47) + '\x0a', "10 as label 39");
  refuses_labels(good_labels.substr(0, 47) + '\xff', "255 as label 39");

  std::filesystem::remove(labels);
  mica_refuses(train + "--data data", labels);
  write_file(labels + ".gz", "packed");
  mica_refuses(train + "--data data", "gunzip");
  std::filesystem::remove("data/t10k-images-idx3-ubyte");
  mica_refuses("eval a.mica --data data", "data/t10k-images-idx3-ubyte");
}

TEST_CASE("Checkpoints that cannot be") {
  prepare();
  const std::string good = read_file("a.mica");
  const auto refuses_all = [](const std::string& expected) {
    mica_refuses("eval b.mica", expected);
    mica_refuses("predict b.mica --index 0", expected);
    mica_refuses("info b.mica", expected);
    mica_refuses("export b.mica --header b.hpp", expected);
    mica_refuses("train --quiet --resume b.mica --epochs 9 --out b.mica", expected);
  };
  refuses_all("b.mica");
  std::filesystem::create_directory("b.mica");
  refuses_all("b.mica");
  std::filesystem::remove("b.mica");
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, good.size() / 2, good.size() - 1}) {
    write_file("b.mica", good.substr(0, size));
    mica_refuses("eval b.mica", "b.mica");
    mica_refuses("train --quiet --resume b.mica --epochs 9 --out a.mica", "b.mica");
  }
  write_file("b.mica", good + "more");
  refuses_all("b.mica");
  for (const std::size_t place : {std::size_t{0}, std::size_t{9}, std::size_t{40}, good.size() / 2, good.size() - 1}) {
    std::string flipped = good;
    flipped[place] = static_cast<char>(flipped[place] ^ 0x10);
    write_file("b.mica", flipped);
    mica_refuses("eval b.mica", "b.mica");
    mica_refuses("train --quiet --resume b.mica --epochs 9 --out a.mica", "b.mica");
  }

  // Another architecture, whole and well-formed.
  using Other = mica::Sequential<mica::Input<8, 8, 1>, mica::Dense<10>>;
  mica::Model<Other> other;
  other.initialize(1);
  mica::io::FileSink file;
  REQUIRE(file.open("b.mica").ok());
  REQUIRE(mica::io::save(other, file).ok());
  REQUIRE(file.commit().ok());
  refuses_all("none of the reference models (mlp, mlp_bn, cnn,");

  mica_refuses("train --quiet --resume a.mica --epochs 9 --model mlp", "holds the model tiny");
  mica_refuses("train --quiet --resume a.mica --epochs 9 --seed 1", "seed 42");
  mica_refuses("train --quiet --resume a.mica --epochs 2", "2 epochs behind it");
  mica_refuses("train --quiet --resume a.mica --epochs 9 --validation 0.5 --patience 2", "--patience");
}

TEST_CASE("Predictions and exports that cannot be") {
  prepare();
  mica_refuses("predict", "CHECKPOINT");
  mica_refuses("predict a.mica", "--index");
  mica_refuses("predict a.mica --index 0 --image x.pgm", "both");
  mica_refuses("predict a.mica --index 4000", "4000 samples");
  mica_refuses("predict a.mica --data data --index 20", "20 samples");
  mica_refuses("predict a.mica --index -1", "--index");
  mica_refuses("predict a.mica --image x.pgm --data data", "--data");
  const auto refuses_image = [](const std::string& bytes, const std::string& expected) {
    write_file("x.pgm", bytes);
    mica_refuses("predict a.mica --image x.pgm", expected);
  };
  mica_refuses("predict a.mica --image x.pgm", "x.pgm");
  const std::string pixels(64, '\x40');
  refuses_image("", "P2, P3, P5 or P6");
  refuses_image("P6 8 8 255\n" + pixels + pixels + pixels, "in colour");
  refuses_image("P5", "the file ends");
  refuses_image("P5 8 eight 255\n" + pixels, "the height should stand here");
  refuses_image("P5 8 8 65536\n" + pixels + pixels, "from 1 to 65535");
  refuses_image("P2 4096 4096 255\n1 2 3", "more pixels than the file has bytes");
  refuses_image("P5 8 8 0\n" + pixels, "the largest value");
  refuses_image("P5 0 8 255\n", "the width");
  refuses_image("P5 99999 99999 255\n", "the width");
  refuses_image(pgm(8, 8, pixels.substr(1)), "holds 63");
  refuses_image(pgm(8, 8, pixels + "x"), "holds 65");
  refuses_image(pgm(28, 28, std::string(784, 'x')), "28x28");
  refuses_image("P5 8 8 63\n" + pixels, "above the largest value");
  refuses_image("P2 2 2 255\n1 2 3", "the file ends");
  refuses_image("P2 2 2 255\n1 2 3 4 5", "behind its last pixel");
  refuses_image("P2 2 2 255\n1 2 3 -4", "the next pixel should stand here");

  mica_refuses("export a.mica", "--header");
  mica_refuses("export a.mica --header nosuch/a.hpp", "nosuch/a.hpp");
  mica_refuses("export a.mica --header a.hpp --name 1st", "1st");
  mica_refuses("eval", "CHECKPOINT");
  mica_refuses("eval a.mica --limit 4001", "4000");
  mica_refuses("info a.mica --model tiny", "both");
  mica_refuses("info --model nosuch", "nosuch");
}

TEST_CASE("An output that nobody can write to") {
  if (!std::filesystem::exists("/dev/full")) {
    MESSAGE("There is no /dev/full here: not tried.");
    return;
  }
  start_afresh();
  const Result result = run_mica("info >/dev/full 2>full.log; exit $?");
  CHECK(result.code == 2);
  CHECK(read_file("full.log") == "The standard output could not be written.\n");
}

TEST_CASE("mica import writes a header from ONNX, or names all that it cannot take and writes nothing") {
  start_afresh();
  write_file("net.onnx", onnx_tests::small_models()[0]);
  write_file("odd.onnx", onnx_tests::chain_model({"Relu", "Sin", "Tanh", "Loop"}));
  mica_works("import net.onnx -o net.hpp --name Small");
  const std::string header = read_file("net.hpp");
  CHECK(header.find("using Small = mica::Sequential<\n    mica::Input<3, 3, 2>,\n    mica::Residual<mica::Conv2d<2, 3, "
                    "mica::Same, 1, 1>, mica::BatchNorm<>, mica::ReLU>,\n    mica::Dense<3>>;") != std::string::npos);
  const auto before = files_here();
  const Result result = run_mica("import odd.onnx -o odd.hpp");
  CHECK(result.code == 2);
  CHECK(result.err ==
        "odd.onnx cannot be imported:\n  Node \"n1\" (Sin): Mica has no layer for this operator.\n"
        "  Node \"n3\" (Loop): Mica has no layer for this operator.\n");
  CHECK(files_here() == before);
  mica_refuses("import net.onnx", "mica import needs -o FILE");
  mica_refuses("import absent.onnx -o net.hpp", "absent.onnx could not be opened");
}
