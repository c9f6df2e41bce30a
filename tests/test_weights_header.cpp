// The weights as a C++ header: its exact text, a copy of that text compiled and used, and the bits of each literal.
#include <mica/io/weights_header.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <doctest/doctest.h>

#include <mica/mica.hpp>

namespace io = mica::io;

// What the exporter writes for the network of the first test, but for line breaks.
using digits = mica::Sequential<mica::Input<2>, mica::Dense<2>, mica::PReLU, mica::LeakyReLU<1, 5>>;
static_assert(digits::fingerprint() == 0x0028ff9393b5b1dd,
              "This header and this version of Mica mean different networks; export it again.");

alignas(16) inline constexpr float digits_image[8] = {
    0.0f, -0.0f, 0x1p0f, -0x1.fffffep-3f, 0x1.000002p127f, 0x0.000002p-126f, 0x1p-126f, -0x1.cp1f,
};

inline const mica::Model<digits>& digits_model() { return mica::model_from_image<digits>(digits_image); }

namespace {

const char expected[] =
    R"(// A trained network, written by mica::io::write_weights_header: 8 parameters and 0 statistics,
// whose hash is 598a3aa613c3b7e6.
#pragma once

#include <mica/mica.hpp>

using digits = mica::Sequential<mica::Input<2>, mica::Dense<2>, mica::PReLU, mica::LeakyReLU<1, 5>>;
static_assert(digits::fingerprint() == 0x0028ff9393b5b1dd,
              "This header and this version of Mica mean different networks; export it again.");

alignas(16) inline constexpr float digits_image[8] = {
    0.0f, -0.0f, 0x1p0f, -0x1.fffffep-3f, 0x1.000002p127f, 0x0.000002p-126f,
    0x1p-126f, -0x1.cp1f,
};

inline const mica::Model<digits>& digits_model() {
  return mica::model_from_image<digits>(digits_image);
}
)";

std::uint32_t bits_of(float number) {
  std::uint32_t bits;
  std::memcpy(&bits, &number, sizeof bits);
  return bits;
}

template <class Net>
void fill_model(mica::Model<Net>& model) {
  const float numbers[] = {0, -0.0f, 1, -0x1.fffffep-3f, 0x1.000002p+127f, 0x0.000002p-126f, 0x1p-126f, -3.5f};
  for (int i = 0; i < Net::parameters; ++i) model.parameters()[i] = numbers[i % 8];
}

struct TextSink final : io::ByteSink {
  char text[4000] = {};
  std::size_t used = 0, capacity = sizeof text - 1;
  bool write(const void* bytes, std::size_t count) override {
    if (count > capacity - used) return false;
    std::memcpy(text + used, bytes, count);
    used += count;
    return true;
  }
  const char* name() const override { return "memory"; }
};

// Stands for a user's layer; it is only described here.
struct Described {
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Sequential<Input<28, 28, 1>, Conv2d<8, 3, Same>, mine::Twice<true, 2>, ::Thrice, BatchNorm<>, H2>";
  }
};

}  // namespace

TEST_CASE("the header has exactly this text") {
  static mica::Model<digits> model;
  fill_model(model);
  TextSink sink;
  REQUIRE(io::write_weights_header(model, "digits", sink).ok());
  CHECK(std::strcmp(sink.text, expected) == 0);
}

TEST_CASE("and that text, compiled, is the model with every bit") {
  static mica::Model<digits> model;
  fill_model(model);
  CHECK(std::memcmp(&digits_model(), &model, sizeof model) == 0);
  CHECK(static_cast<const void*>(&digits_model()) == static_cast<const void*>(digits_image));

  mica::Predictor<digits> predict;
  const mica::Tensor<float, 1, 2> x{{0.5f, -1}};
  mica::Tensor<float, 1, 2> from_image, from_model;
  predict(digits_model(), x, from_image);
  predict(model, x, from_model);
  CHECK(std::memcmp(&from_image, &from_model, sizeof from_model) == 0);
}

TEST_CASE("a literal has the number's bits") {
  const auto check = [](std::uint32_t bits) {
    if ((bits & 0x7f800000) == 0x7f800000) return;
    float number;
    std::memcpy(&number, &bits, sizeof number);
    TextSink sink;
    io::SourceWriter writer(sink);
    writer.literal(number).flush();
    char* end = nullptr;
    const float read = std::strtof(sink.text, &end);
    CAPTURE(sink.text);
    CHECK(std::strcmp(end, "f") == 0);
    CHECK(bits_of(read) == bits);
  };
  for (std::uint32_t sign = 0; sign < 2; ++sign) {
    for (std::uint32_t exponent = 0; exponent < 255; ++exponent) {
      for (const std::uint32_t fraction : {0u, 1u, 0x7fffffu, 0x400000u, 0x000800u, 0x123456u}) {
        check(sign << 31 | exponent << 23 | fraction);
      }
    }
  }
  const mica::Random random(8);
  for (std::uint32_t i = 0; i < 20000; ++i) check(random.bits(i));
}

TEST_CASE("every name gets a namespace, unless it has its own") {
  TextSink sink;
  io::SourceWriter writer(sink);
  io::TypeWriter type(writer);
  Described::describe(type);
  type.end();
  writer.flush();
  CHECK(std::strcmp(sink.text,
                    "mica::Sequential<mica::Input<28, 28, 1>, mica::Conv2d<8, 3, mica::Same>, mine::Twice<true, 2>, "
                    "::Thrice, mica::BatchNorm<>, mica::H2>") == 0);
}

TEST_CASE("numbers that have no literal, names that are none, and sinks that are full are refused") {
  static mica::Model<digits> model;
  fill_model(model);
  TextSink sink;
  const auto message = [&](const char* name) {
    const mica::Status status = io::write_weights_header(model, name, sink);
    CHECK_FALSE(status.ok());
    static mica::Status::Message text;
    text = {};
    text << status.message();
    return text.c_str();
  };
  for (const char* name : {"", "1st", "my model", "a-b", "caf\xc3\xa9"}) {
    CHECK(std::strstr(message(name), "a name in C++ is letters, digits and underscores") != nullptr);
  }
  for (const std::uint32_t bits : {0x7f800000u, 0xff800000u, 0x7fc00000u, 0x7f800001u}) {
    std::memcpy(model.parameters() + 5, &bits, sizeof bits);
    CHECK(std::strstr(message("digits"), "The model's parameter 5 of 8 ") != nullptr);
  }
  CHECK(sink.used == 0);

  fill_model(model);
  for (sink.capacity = 0; sink.capacity < sizeof expected - 1; ++sink.capacity) {
    sink.used = 0;
    CHECK(std::strstr(message("digits"), "memory could not be written at byte ") != nullptr);
  }
}
