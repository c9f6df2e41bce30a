// The mica command on reference models that learn from generated data: classifiers whose classes have names, and a
// network that finds anomalies.
#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include <mica/io/checkpoint.hpp>
#include <mica/io/file.hpp>

#include "command_runner.hpp"
#include "tools/models/networks.hpp"

using namespace command_runner;
namespace models = mica::models;

namespace {

// A checkpoint of a network as it is before training, because training the large ones takes long under emulation.
template <class Reference>
void write_untrained(const char* path) {
  const auto model = std::make_unique<mica::Model<typename Reference::Net>>();
  model->initialize(1);
  mica::io::FileSink file;
  REQUIRE(file.open(path).ok());
  REQUIRE(mica::io::save(*model, file).ok());
  REQUIRE(file.commit().ok());
}

// What holds for every model: it is shown, measured, asked about one sample and exported.
template <class Reference>
void check_untrained(const std::string& score, const char* input, const char* data) {
  using Net = typename Reference::Net;
  CAPTURE(Reference::name);
  start_afresh();
  write_untrained<Reference>("a.mica");
  const std::string name = "\"" + std::string(Reference::name) + "\"";

  const Result shown = mica_works("info a.mica --json");
  CHECK(member(shown.last_line(), "model") == name);
  CHECK(member(shown.last_line(), "parameters") == std::to_string(Net::parameters));
  CHECK(member(shown.last_line(), "kind") == "\"model\"");
  CHECK(shown.out.find(input) != std::string::npos);
  CHECK(shown.out.find(data) != std::string::npos);

  const std::string measured = mica_works("eval a.mica --limit 12 --json").last_line();
  CHECK(member(measured, "model") == name);
  CHECK(member(measured, "samples") == "12");
  const double value = std::atof(member(measured, score).c_str());
  CHECK(!member(measured, score).empty());
  CHECK(value >= 0);
  CHECK(value <= 1);

  mica_works("export a.mica --header a.hpp --name Net");
  CHECK(read_file("a.hpp").find("using Net = mica::Sequential<") != std::string::npos);
  mica_refuses("eval a.mica --data .", "./t10k-samples-idx-float");
  mica_refuses("eval a.mica --limit 1000000", "generated samples");
  mica_refuses("predict a.mica --image x.pgm", data);
}

// One line with every bit: a word in front, and eight digits for each number.
bool is_bits_line(const std::string& out, std::size_t first_word, std::size_t numbers) {
  return out.size() == first_word + 9 * numbers + 1 &&
         out.find_first_not_of("0123456789abcdef \n") == std::string::npos;
}

}  // namespace

TEST_CASE("dscnn says which word it hears") {
  check_untrained<models::Dscnn>("test_accuracy", "49x10x1", "49 frames of 10 bands");
  const Result shown = mica_works("predict a.mica --index 3 --json");
  CHECK(shown.out.find("silence ") != std::string::npos);
  CHECK(shown.out.find(", label ") != std::string::npos);
  const std::string best = member(shown.last_line(), "class");
  CHECK(shown.out.find("Prediction: " + best.substr(1, best.size() - 2) + " (") != std::string::npos);
  CHECK(is_bits_line(mica_works("predict a.mica --index 3 --bits").out, member(shown.last_line(), "prediction").size(),
                     12));
}

TEST_CASE("resnet8 says which shape it sees") {
  check_untrained<models::Resnet8>("test_accuracy", "32x32x3", "32x32 pixels");
  const Result shown = mica_works("predict a.mica --index 0 --json");
  CHECK(shown.out.find("spotted triangle ") != std::string::npos);
  CHECK(mica_works("info a.mica").out.find("Residual<Shortcut<Conv2d<32, 1, Same, 2, 1>>") != std::string::npos);
}

TEST_CASE("gru says how somebody moves") {
  check_untrained<models::Gru>("test_accuracy", "128x6", "6 sensor axes");
  CHECK(mica_works("predict a.mica --index 7").out.find("stairs down ") != std::string::npos);
}

TEST_CASE("autoencoder learns normal sounds and finds anomalous ones") {
  check_untrained<models::Autoencoder>("test_auc", "640", "128 bands, normal and anomalous");
  const std::string settings = "train --model autoencoder --limit 480 --validation 0.1 --json ";
  const Result trained = mica_works(settings + "--epochs 3 --out a.mica");
  const std::string json = trained.last_line();
  CHECK(trained.out.find("Epoch 3/3") != std::string::npos);
  CHECK(trained.out.find("validation 0.") != std::string::npos);
  CHECK(trained.out.find("accuracy") == std::string::npos);
  CHECK(trained.out.find("test AUC") != std::string::npos);
  CHECK(trained.out.find("(anomalous)") != std::string::npos);
  CHECK(member(json, "test_accuracy").empty());
  CHECK(member(json, "data") == "\"synthetic\"");
  const double auc = std::atof(member(json, "test_auc").c_str());
  CHECK(auc > 0.55);
  CHECK(auc < 1);
  const Result measured = mica_works("eval a.mica --json");
  CHECK(measured.out.find("test AUC") != std::string::npos);
  for (const char* name : {"test_auc", "test_loss", "weights_hash"}) {
    CHECK(member(measured.last_line(), name) == member(json, name));
  }

  // Resumed after two of three epochs it ends the same.
  mica_works(settings + "--quiet --epochs 2 --out b.mica");
  mica_works(settings + "--quiet --resume b.mica --epochs 3 --out b.mica");
  CHECK(read_file("b.mica") == read_file("a.mica"));

  const Result shown = mica_works("predict a.mica --index 1 --json");
  CHECK(shown.out.find("What the network gives back:") != std::string::npos);
  CHECK(shown.out.find("Error: ") != std::string::npos);
  CHECK(std::atof(member(shown.last_line(), "error").c_str()) > 0);
  const double below = std::atof(member(shown.last_line(), "larger_than").c_str());
  CHECK(below >= 0);
  CHECK(below <= 1);
  CHECK(member(shown.last_line(), "prediction").empty());
  CHECK(is_bits_line(mica_works("predict a.mica --index 1 --bits").out, 8, 640));
}

TEST_CASE("what generated data and the search for anomalies cannot do") {
  start_afresh();
  mica_refuses("train --model gru --data . --quiet --out g.mica", "./train-samples-idx-float");
  mica_refuses("train --model gru --limit 9001 --quiet", "9000 generated samples");
  mica_refuses("train --model gru --momentum 0.9 --quiet", "no momentum");
  write_untrained<models::Autoencoder>("a.mica");
  mica_refuses("eval a.mica --limit 1", "of one kind");
  mica_refuses("predict a.mica --index 2000", "2000 samples");
  mica_refuses("predict a.mica --image a.mica", "no image files");
  mica_refuses("train --model resnet", "resnet8");
}
