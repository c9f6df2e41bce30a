// Numbers from text: the nearest float for every text, compared with the C library's strtof where that rounds correctly;
// and everywhere the results are those, by their hash, of machines where it does.
#include <cfloat>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include <mica/data/parse_number.hpp>

#include "support.hpp"

namespace {

using mica::ParsedNumber;
using tests::bits_of;

ParsedNumber parse(const std::string& text, char decimal_point = '.') {
  // Without a terminating zero, so that a sanitizer sees every character too many.
  const std::vector<char> characters(text.begin(), text.end());
  return mica::parse_number(characters.data(), static_cast<int>(characters.size()), decimal_point);
}

// Newlib's strtof, on boards, rounds to double and then once more to float. 1178783461201150000 lies 48 above the middle
// of two floats; the nearest double is the middle itself, and newlib gives the even float, which is the lower one.
#ifdef __NEWLIB__
constexpr bool strtof_rounds_once = false;
#else
constexpr bool strtof_rounds_once = true;
#endif

bool agrees(const std::string& text, const ParsedNumber& found) {
  const float expected = std::strtof(text.c_str(), nullptr);
  if (expected > FLT_MAX || expected < -FLT_MAX) return found.result == ParsedNumber::too_large;
  return found.result == ParsedNumber::number && bits_of(found.value) == bits_of(expected);
}

// Goes through many texts.
struct Comparison {
  int disagreements = 0;
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a over the bits of all results

  void operator()(const std::string& text) {
    const ParsedNumber found = parse(text);
    hash = (hash ^ static_cast<unsigned>(found.result)) * 0x100000001b3;
    for (int byte = 0; byte < 32; byte += 8) hash = (hash ^ (bits_of(found.value) >> byte & 0xff)) * 0x100000001b3;
    if (!strtof_rounds_once || agrees(text, found)) return;
    if (++disagreements < 10) std::printf("differs: %s\n", text.c_str());
  }
  void check(std::uint64_t expected_hash) const {
    if (!strtof_rounds_once) std::printf("not compared with this C library's strtof, which rounds twice\n");
    CHECK(disagreements == 0);
    INFO("hash ", tests::Hex(hash).text);
    CHECK(hash == expected_hash);
  }
};

std::string digits(tests::Numbers& numbers, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>('0' + numbers.below(10));
  return text;
}

// One thing is drawn after the other, so that the texts are the same with every compiler.
std::string with_point(tests::Numbers& numbers, int before, int behind) {
  std::string text = digits(numbers, before) + ".";
  text += digits(numbers, behind);
  return text;
}

// Exactly: any double has a finite number of digits.
std::string exactly(double x) {
  char text[1200];
  std::snprintf(text, sizeof text, "%.1074f", x);
  return text;
}

}  // namespace

TEST_CASE("plain numbers") {
  const struct {
    const char* text;
    float value;
  } cases[] = {{"0", 0},
               {"1", 1},
               {"-1", -1},
               {"+2.5", 2.5f},
               {".5", 0.5f},
               {"5.", 5},
               {"0.1", 0.1f},
               {"1e3", 1000},
               {"1E+3", 1000},
               {"25e-1", 2.5f},
               {"007", 7},
               {"-0.0", -0.0f},
               {"16777217", 16777216},
               {"16777219", 16777220},
               {"3.4028235e38", FLT_MAX},
               {"1e-46", 0},
               {"-1e-99999999999999", -0.0f},
               {"0e99999999999999999999", 0},
               {"1e-45", 0x1p-149f},
               {"0.00000000000000000000000001e26", 1}};
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(parse(c.text).result == ParsedNumber::number);
    CHECK(bits_of(parse(c.text).value) == bits_of(c.value));
  }
  CHECK(parse("2,5", ',').value == 2.5f);
  CHECK(parse("2.5", ',').result == ParsedNumber::no_number);
}

TEST_CASE("what is no number, and what is too large") {
  for (const char* text :
       {"",     "+",   "-",   ".",    "e",   "e5",  ".e5", "1e",  "1e+", "1e-", "1.2.3", "1 ",   " 1",  "1e5.", "1e5e5",
        "0x10", "nan", "inf", "-inf", "NaN", "1,5", "--1", "+-1", "1-",  "abc", "1a",    "1e5x", "1..", "..1"}) {
    CAPTURE(text);
    CHECK(parse(text).result == ParsedNumber::no_number);
    CHECK(parse(text).value == 0);
  }
  for (const char* text :
       {"3.4028236e38", "1e39", "-1e39", "1e99999999999999999999", "3.402823567797336616375394e38"}) {
    CAPTURE(text);
    CHECK(parse(text).result == ParsedNumber::too_large);
  }
  // Half a step above the largest is too large; a little less is not.
  CHECK(parse("340282356779733661637539395458142568448").result == ParsedNumber::too_large);
  CHECK(parse("340282356779733661637539395458142568447").value == FLT_MAX);
  CHECK(parse("340282356779733661637539395458142568447.9999999999").value == FLT_MAX);
}

TEST_CASE("half-way between two floats the even one is taken, and the last digit decides beside it") {
  tests::Numbers numbers(1);
  Comparison compare;
  for (int i = 0; i < 3000; ++i) {
    // Of any magnitude, the subnormal numbers more often.
    std::uint32_t bits = numbers.bits() & 0x7fffffff;
    if (i % 3 == 0) bits &= 0x00ffffff;
    if (bits >= 0x7f7fffff) continue;
    const double low = static_cast<double>(tests::from_bits(bits)),
                 high = static_cast<double>(tests::from_bits(bits + 1));
    std::string middle = exactly(low + (high - low) / 2);
    const ParsedNumber found = parse(middle);
    CHECK(bits_of(found.value) == bits + (bits & 1));
    compare(middle);
    // One digit far behind.
    compare(middle + "000000000000000000000000000001");
    CHECK(bits_of(parse(middle + std::string(500, '0') + "1").value) == bits + 1);
    CHECK(bits_of(parse(middle + std::string(500, '0') + "e-0").value) == bits + (bits & 1));
    // The largest number below with so many digits.
    std::size_t last = middle.find_last_not_of('0');
    if (middle[last] == '.') continue;
    middle[last] = static_cast<char>(middle[last] - 1);
    for (std::size_t j = last + 1; j < middle.size(); ++j) middle[j] = '9';
    CHECK(bits_of(parse(middle).value) == bits);
    compare(middle);
  }
  compare.check(0x6242c8ff5fb6692f);
}

TEST_CASE("what rounding twice would spoil") {
  CHECK(bits_of(parse("1.17878346120115e+18").value) == 0x5d82df0b);
  CHECK(bits_of(parse("1178783461201149952").value) == 0x5d82df0a);
  CHECK(bits_of(parse("1178783461201149953").value) == 0x5d82df0b);
}

TEST_CASE("random numbers of every length and magnitude are those of strtof") {
  tests::Numbers numbers(2);
  Comparison compare;
  for (int i = 0; i < 200000; ++i) {
    const int kind = numbers.below(4);
    std::string text = numbers.below(2) == 0 ? "-" : "";
    const int first = numbers.below(20), second = numbers.below(20), exponent = numbers.below(120);
    if (kind == 0) {
      text += with_point(numbers, 1 + first % 6, second % 8);
    } else if (kind == 1) {
      text += with_point(numbers, first, 1 + second) + "e" + std::to_string(exponent - 65);
    } else if (kind == 2) {
      // As printf writes floats: 9 digits are enough to tell them apart.
      char printed[40];
      std::snprintf(printed, sizeof printed, "%.*g", 6 + first % 12,
                    static_cast<double>(tests::from_bits(numbers.bits() % 0x7f800000)));
      text += printed;
    } else {
      text += digits(numbers, 1 + first) + "e" + std::to_string(exponent % 40 - 25);
    }
    compare(text);
  }
  for (int i = 0; i < 2000; ++i) {
    const int before = numbers.below(300), behind = 1 + numbers.below(300);
    const std::string text = with_point(numbers, before, behind);
    compare(text + "e" + std::to_string(numbers.below(700) - 350));
  }
  compare.check(0x1a0a94610888f1d3);
}

TEST_CASE("numbers of 15 digits so close to half-way that double cannot tell them from it") {
  tests::Numbers numbers(3);
  Comparison compare;
  int close = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::uint32_t bits = static_cast<std::uint32_t>(101 + numbers.below(140)) << 23 | (numbers.bits() >> 9);
    const double low = static_cast<double>(tests::from_bits(bits)),
                 high = static_cast<double>(tests::from_bits(bits + 1));
    const double middle = low + (high - low) / 2;
    char text[40];
    std::snprintf(text, sizeof text, "%.14e", middle);
    close += std::strtod(text, nullptr) == middle ? 1 : 0;
    compare(text);
  }
  CHECK(close > 1000);
  compare.check(0xa72ac24c6f714ad8);
}

TEST_CASE("every float comes back from its 9 digits") {
  int wrong = 0;
  // A prime step goes through all exponents and many significands.
  for (std::uint32_t bits = 0; bits < 0x7f800000; bits += 15013) {
    char text[40];
    std::snprintf(text, sizeof text, "%.9g", static_cast<double>(tests::from_bits(bits)));
    wrong += bits_of(parse(text).value) == bits ? 0 : 1;
  }
  CHECK(wrong == 0);
}

TEST_CASE("absurd lengths") {
  const std::string zeros(100000, '0');
  CHECK(parse("0." + zeros + "1e100001").value == 1);
  CHECK(parse("1" + zeros + "e-100000").value == 1);
  CHECK(parse(zeros + "12.5" + zeros).value == 12.5f);
  CHECK(parse("1" + zeros).result == ParsedNumber::too_large);
  CHECK(parse("1e" + zeros + "2").value == 100);
  CHECK(parse("1e-" + std::string(1000, '9')).value == 0);
  CHECK(parse("0." + std::string(100000, '9')).value == 1);
}
