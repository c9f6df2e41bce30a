#include <mica/data/parse_number.hpp>

#include <cstdint>
#include <cstring>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

// A whole number of up to 640 bits, lowest word first: 121 digits take 402, 10^166 takes 552, and one bit is added.
class Whole {
 public:
  explicit Whole(std::uint32_t value) : words_{value} {}

  void multiply_and_add(std::uint32_t factor, std::uint32_t summand) {
    std::uint64_t carry = summand;
    for (std::uint32_t& word : words_) {
      carry += static_cast<std::uint64_t>(word) * factor;
      word = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }
  void shift_left(int by) {
    const int apart = by / 32, within = by % 32;
    for (int i = size - 1; i >= 0; --i) {
      const std::uint64_t both = static_cast<std::uint64_t>(word(i - apart)) << 32 | word(i - apart - 1);
      words_[i] = static_cast<std::uint32_t>(both << within >> 32);
    }
  }
  // The caller knows that it is not smaller than `other`.
  void subtract(const Whole& other) {
    std::uint64_t borrow = 0;
    for (int i = 0; i < size; ++i) {
      const std::uint64_t difference = static_cast<std::uint64_t>(words_[i]) - other.words_[i] - borrow;
      words_[i] = static_cast<std::uint32_t>(difference);
      borrow = difference >> 63;
    }
  }
  bool below(const Whole& other) const {
    for (int i = size - 1; i >= 0; --i) {
      if (words_[i] != other.words_[i]) return words_[i] < other.words_[i];
    }
    return false;
  }
  bool is_zero() const { return bits() == 0; }
  int bits() const {
    for (int i = size - 1; i >= 0; --i) {
      for (int bit = 31; bit >= 0; --bit) {
        if (words_[i] >> bit != 0) return 32 * i + bit + 1;
      }
    }
    return 0;
  }

 private:
  static constexpr int size = 20;
  std::uint32_t word(int i) const { return i >= 0 ? words_[i] : 0; }

  std::uint32_t words_[size];
};

// A text's digits without leading zeros, as digits * 10^exponent: the first 120, and a 1 behind them if others that are
// not 0 follow. No number half-way between two floats has more than 113 digits, so that is enough to compare with them.
struct Decimal {
  static constexpr int most = 120;
  const char* first = nullptr;  // in the text, where the point may stand in between
  int count = 0;
  bool goes_on = false;
  bool negative = false;
  long long exponent = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool read_decimal(const char* at, const char* end, char decimal_point, Decimal& decimal) {
  if (at < end && (*at == '+' || *at == '-')) decimal.negative = *at++ == '-';
  bool any = false, behind_point = false;
  for (; at < end && (is_digit(*at) || (*at == decimal_point && !behind_point)); ++at) {
    if (*at == decimal_point) {
      behind_point = true;
      continue;
    }
    any = true;
    decimal.exponent -= behind_point ? 1 : 0;
    if (decimal.count == 0 && *at == '0') continue;
    if (decimal.count == 0) decimal.first = at;
    if (decimal.count < Decimal::most) {
      ++decimal.count;
    } else {
      decimal.goes_on = decimal.goes_on || *at != '0';
      ++decimal.exponent;
    }
  }
  if (!any) return false;
  if (at == end) return true;
  if (*at != 'e' && *at != 'E') return false;
  ++at;
  bool below_one = false;
  if (at < end && (*at == '+' || *at == '-')) below_one = *at++ == '-';
  if (at == end) return false;
  long long power = 0;
  for (; at < end; ++at) {
    if (!is_digit(*at)) return false;
    // Beyond that it no longer matters, however long the digits are.
    if (power < 100000000000) power = 10 * power + (*at - '0');
  }
  decimal.exponent += below_one ? -power : power;
  return true;
}

// Calls f for each digit that is kept.
template <class Function>
void each_digit(const Decimal& decimal, Function f) {
  const char* at = decimal.first;
  for (int i = 0; i < decimal.count; ++at) {
    if (!is_digit(*at)) continue;
    f(static_cast<std::uint32_t>(*at - '0'));
    ++i;
  }
}

// One correctly rounded step in double. Rounding that to float is right, too, unless it lies half-way between floats.
bool round_by_double(const Decimal& decimal, float& value) {
  if (decimal.count > 15 || decimal.exponent < -22 || decimal.exponent > 22) return false;
  std::uint64_t digits = 0;
  each_digit(decimal, [&digits](std::uint32_t digit) { digits = 10 * digits + digit; });
  // Powers up to 10^22 are exact.
  double power = 1;
  for (long long i = decimal.exponent < 0 ? -decimal.exponent : decimal.exponent; i > 0; --i) power = power * 10;
  const double exact = static_cast<double>(digits);
  const double rounded = decimal.exponent < 0 ? exact / power : exact * power;
  std::uint64_t bits;
  std::memcpy(&bits, &rounded, sizeof bits);
  constexpr std::uint64_t dropped = (1u << 29) - 1, half_way = 1u << 28;
  if ((bits & dropped) == half_way) return false;
  value = static_cast<float>(rounded);
  return true;
}

// The bits of the float nearest to numerator / denominator, by long division.
std::uint32_t divide(Whole numerator, Whole denominator) {
  // 2^exponent <= quotient < 2^(exponent + 1)
  int exponent = numerator.bits() - denominator.bits();
  if (exponent > 0) denominator.shift_left(exponent);
  if (exponent < 0) numerator.shift_left(-exponent);
  if (numerator.below(denominator)) {
    numerator.shift_left(1);
    --exponent;
  }
  // 24 bits, fewer below the normal numbers, and one more to round by.
  const int subnormal = exponent < -126 ? -126 - exponent : 0;
  std::uint32_t quotient = 0;
  for (int i = 0; i < 25 - subnormal; ++i) {
    const bool one = !numerator.below(denominator);
    if (one) numerator.subtract(denominator);
    numerator.shift_left(1);
    quotient = quotient << 1 | (one ? 1 : 0);
  }
  const bool up = (quotient & 1) != 0 && (!numerator.is_zero() || (quotient & 2) != 0);
  const std::uint32_t significand = (quotient >> 1) + (up ? 1 : 0);
  // A carry out of the significand goes on into the exponent, as it should.
  if (subnormal > 0) return significand;
  return (static_cast<std::uint32_t>(exponent + 126) << 23) + significand;
}

std::uint32_t round_exactly(const Decimal& decimal) {
  Whole numerator(0), denominator(1);
  each_digit(decimal, [&numerator](std::uint32_t digit) { numerator.multiply_and_add(10, digit); });
  long long exponent = decimal.exponent;
  if (decimal.goes_on) {
    numerator.multiply_and_add(10, 1);
    --exponent;
  }
  for (; exponent > 0; --exponent) numerator.multiply_and_add(10, 0);
  for (; exponent < 0; ++exponent) denominator.multiply_and_add(10, 0);
  return divide(numerator, denominator);
}

}  // namespace

ParsedNumber parse_number(const char* text, int length, char decimal_point) {
  Decimal decimal;
  if (!read_decimal(text, text + length, decimal_point, decimal)) return {0, ParsedNumber::no_number};
  constexpr std::uint32_t infinity = 0x7f800000;
  float value = 0;
  // The number is 10^(places - 1) or more, and less than 10^places.
  const long long places = decimal.count + decimal.exponent;
  if (decimal.count > 0 && places > 39) return {0, ParsedNumber::too_large};
  if (decimal.count > 0 && places > -46 && !round_by_double(decimal, value)) {
    const std::uint32_t bits = round_exactly(decimal);
    if (bits >= infinity) return {0, ParsedNumber::too_large};
    std::memcpy(&value, &bits, sizeof value);
  }
  return {decimal.negative ? -value : value, ParsedNumber::number};
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
