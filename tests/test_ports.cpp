// Every operation of the port against plain C++, exactly, in every lane.
//
// On Armv7, NEON takes subnormal operands as zeros and gives zeros for subnormal results. There the expected value is
// that of plain C++ on flushed operands, flushed; everything else is compared as on any other port.
#include <cfloat>
#include <cmath>
#include <cstdio>

#include <doctest/doctest.h>

#include "support.hpp"
#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace {

using namespace tests;
constexpr int lanes = Native::lanes;

const float inf = HUGE_VALF;
const float normal_values[] = {0.0f,     -0.0f,         1.0f,         -1.0f,     0.5f,     -3.0f,
                               1.0f / 3, 1 + 0x1p-23f,  1 - 0x1p-24f, 0x1.8p23f, 16777216, -1e20f,
                               1e-20f,   -0x1p-100f,    0x1p127f,     FLT_MAX,   -FLT_MAX, FLT_MIN,
                               -FLT_MIN, 2147483648.0f, 1 + 0x1p-12f, inf,       -inf,     NAN};
const float subnormal_values[] = {
    0x1p-149f, -0x1p-149f, 0x1p-127f, -0x1p-127f, 0x1.fffffcp-127f, 0x1p-140f, 1.0f, -0.0f, FLT_MIN, inf, -2.5f, NAN};
const std::int32_t integers[] = {0,          1,          -1,         INT32_MAX,  INT32_MIN, 0x12345678, -0x12345678,
                                 0x7f800000, 0x007fffff, 0x01000001, 0x3f800000, 31,        -8388609,   1 << 23};

float flushed(float x) { return is_subnormal(x) ? from_bits(bits_of(x) & 0x80000000) : x; }

// Runs `f` on Native with the operands of one lane at a time, the other lanes holding others, and on Scalar. `vectors`
// says whether Armv7 does it in the unit that flushes.
template <int count, class Values, class Function>
void check_operation(const char* name, bool vectors, const Values& values, Function f) {
  constexpr int n = static_cast<int>(sizeof(Values) / sizeof(values[0]));
  constexpr int combinations = count == 1 ? n : count == 2 ? n * n : n * n * n;
  int wrong = 0;
  for (int combination = 0; combination < combinations; ++combination) {
    float operands[3][lanes], result[lanes];
    for (int lane = 0; lane < lanes; ++lane) {
      const int at = (combination + 7 * lane) % combinations;
      operands[0][lane] = values[at % n];
      operands[1][lane] = values[at / n % n];
      operands[2][lane] = values[at / n / n % n];
    }
    Native::store(result, f(Native{}, Native::load(operands[0]), Native::load(operands[1]), Native::load(operands[2])));
    for (int lane = 0; lane < lanes; ++lane) {
      float a = operands[0][lane], b = operands[1][lane], c = operands[2][lane];
      const bool flush = flushes_subnormals && vectors;
      float expected = f(Scalar{}, flush ? flushed(a) : a, flush ? flushed(b) : b, flush ? flushed(c) : c);
      if (flush) {
        // Whether a result that rounds up to 2^-126 is subnormal is a question the units answer differently.
        if (std::fabs(expected) == FLT_MIN && result[lane] == 0) continue;
        expected = flushed(expected);
      }
      if (same(result[lane], expected)) continue;
      if (++wrong > 3) continue;
      CAPTURE(doctest::String(name));
      CAPTURE(lane);
      CAPTURE(a);
      CAPTURE(b);
      CAPTURE(c);
      CHECK(bits_of(result[lane]) == bits_of(expected));
    }
  }
  CAPTURE(doctest::String(name));
  CHECK(wrong == 0);
}

#define OPERATION(expression)                                         \
  [](auto port, auto a, auto b, auto c) {                             \
    using P = decltype(port);                                         \
    static_cast<void>(a), static_cast<void>(b), static_cast<void>(c); \
    return expression;                                                \
  }

template <class Values>
void check_arithmetic(const Values& values) {
  // Armv7 divides and takes roots in the scalar unit.
  check_operation<2>("add", true, values, OPERATION(P::add(a, b)));
  check_operation<2>("sub", true, values, OPERATION(P::sub(a, b)));
  check_operation<2>("mul", true, values, OPERATION(P::mul(a, b)));
  check_operation<2>("div", false, values, OPERATION(P::div(a, b)));
  check_operation<1>("sqrt", false, values, OPERATION(P::sqrt(a)));
  check_operation<3>("fma", true, values, OPERATION(P::fma(a, b, c)));
}

// Comparisons are made on flushed numbers, but what is chosen is passed on as it is.
template <class Values>
void check_choices(const Values& values) {
  check_operation<2>("min", false, values, OPERATION(P::min(a, b)));
  check_operation<2>("max", false, values, OPERATION(P::max(a, b)));
  check_operation<3>("select of less", false, values, OPERATION(P::select(P::less(a, b), c, P::set(7))));
  check_operation<3>("select", false, values, OPERATION(P::select(P::less(a, b), a, c)));
}

template <class Function>
void check_integers(const char* name, Function f) {
  constexpr int n = static_cast<int>(sizeof integers / sizeof *integers);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      float a[lanes], b[lanes], result[lanes];
      for (int lane = 0; lane < lanes; ++lane) {
        a[lane] = from_bits(static_cast<std::uint32_t>(integers[(i + lane) % n]));
        b[lane] = from_bits(static_cast<std::uint32_t>(integers[(j + 3 * lane) % n]));
      }
      Native::store(result, f(Native{}, Native::as_int(Native::load(a)), Native::as_int(Native::load(b))));
      for (int lane = 0; lane < lanes; ++lane) {
        const float expected = f(Scalar{}, Scalar::as_int(a[lane]), Scalar::as_int(b[lane]));
        CAPTURE(doctest::String(name));
        CAPTURE(Scalar::as_int(a[lane]));
        CAPTURE(Scalar::as_int(b[lane]));
        CHECK(bits_of(result[lane]) == bits_of(expected));
      }
    }
  }
}

#define INTEGERS(expression)                    \
  [](auto port, auto a, auto b) {               \
    using P = decltype(port);                   \
    static_cast<void>(a), static_cast<void>(b); \
    return expression;                          \
  }

}  // namespace

TEST_CASE("the port has a shape that the kernels can use") {
  std::printf("port %s, %d lanes, tile %d x %d vectors\n", Native::name, lanes, Native::tile_rows,
              Native::tile_vectors);
  static_assert(32 % lanes == 0, "the reductions have 32 virtual lanes");
  static_assert(Native::tile_rows > 0 && Native::tile_vectors > 0 && Native::row_vectors > 0, "");
  float index[lanes];
  Native::store(index, Native::to_float(Native::lane_index()));
  for (int lane = 0; lane < lanes; ++lane) CHECK(index[lane] == static_cast<float>(lane));
}

TEST_CASE("a mask is an integer with one bit for each lane") {
  const auto check = [](unsigned pattern) {
    float number[lanes], chosen[lanes];
    for (int lane = 0; lane < lanes; ++lane) number[lane] = pattern >> lane & 1 ? -1.0f : 1.0f;
    CHECK(Native::bits(Native::less(Native::load(number), Native::set(0))) == pattern);
    Native::store(chosen, Native::select(Native::mask(pattern), Native::set(-1), Native::set(1)));
    for (int lane = 0; lane < lanes; ++lane) CHECK(chosen[lane] == number[lane]);
  };
  for (unsigned pattern = 0; pattern<1u << lanes; pattern += lanes> 8 ? 257 : 1) check(pattern);
  CHECK(Scalar::bits(true) == 1);
  CHECK(Scalar::bits(false) == 0);
  CHECK(Scalar::mask(1));
  CHECK(!Scalar::mask(0));
}

TEST_CASE("arithmetic") { check_arithmetic(normal_values); }
TEST_CASE("arithmetic with subnormal numbers") { check_arithmetic(subnormal_values); }
TEST_CASE("comparisons and choices") { check_choices(normal_values); }
TEST_CASE("comparisons of subnormal numbers") {
  if (!flushes_subnormals) return check_choices(subnormal_values);
  // NEON's comparison takes them as zeros, but compilers are free to compare in the scalar unit, which does not. Both
  // answers are allowed, and what is chosen is one of the operands, unchanged.
  for (const float a : subnormal_values) {
    for (const float b : subnormal_values) {
      float least[lanes], most[lanes];
      Native::store(least, Native::min(Native::set(a), Native::set(b)));
      Native::store(most, Native::max(Native::set(a), Native::set(b)));
      for (int lane = 0; lane < lanes; ++lane) {
        const float exact_least = Scalar::min(a, b), exact_most = Scalar::max(a, b);
        const float flushed_least = flushed(a) < flushed(b) ? a : b, flushed_most = flushed(a) > flushed(b) ? a : b;
        CHECK((same(least[lane], exact_least) || same(least[lane], flushed_least)));
        CHECK((same(most[lane], exact_most) || same(most[lane], flushed_most)));
      }
    }
  }
}

TEST_CASE("min and max take the second operand where neither is less: zeros of two signs, NaN") {
  struct Case {
    float a, b, min, max;
  };
  for (const Case& c : {Case{0.0f, -0.0f, -0.0f, -0.0f}, Case{-0.0f, 0.0f, 0.0f, 0.0f}, Case{NAN, 1, 1, 1},
                        Case{1, NAN, NAN, NAN}, Case{-1, 2, -1, 2}, Case{2, -1, -1, 2}, Case{inf, -inf, -inf, inf}}) {
    float result[lanes];
    Native::store(result, Native::min(Native::set(c.a), Native::set(c.b)));
    for (const float r : result) CHECK(same(r, c.min));
    Native::store(result, Native::max(Native::set(c.a), Native::set(c.b)));
    for (const float r : result) CHECK(same(r, c.max));
    CHECK(same(Scalar::min(c.a, c.b), c.min));
    CHECK(same(Scalar::max(c.a, c.b), c.max));
  }
}

// A double holds sums, products, quotients and roots of floats well enough that rounding it once more is right.
TEST_CASE("arithmetic is correctly rounded") {
  Numbers numbers(1);
  for (int i = 0; i < 20000; i += lanes) {
    float a[lanes], b[lanes], sum[lanes], product[lanes], quotient[lanes], root[lanes];
    for (int lane = 0; lane < lanes; ++lane) a[lane] = numbers.wide(), b[lane] = numbers.wide();
    Native::store(sum, Native::add(Native::load(a), Native::load(b)));
    Native::store(product, Native::mul(Native::load(a), Native::load(b)));
    Native::store(quotient, Native::div(Native::load(a), Native::load(b)));
    Native::store(root, Native::sqrt(Native::mul(Native::load(a), Native::load(a))));
    for (int lane = 0; lane < lanes; ++lane) {
      const double x = static_cast<double>(a[lane]), y = static_cast<double>(b[lane]);
      CHECK(sum[lane] == static_cast<float>(x + y));
      CHECK(product[lane] == static_cast<float>(x * y));
      CHECK(quotient[lane] == static_cast<float>(x / y));
      CHECK(root[lane] == static_cast<float>(std::sqrt(static_cast<double>(a[lane] * a[lane]))));
    }
  }
}

TEST_CASE("a fused multiply-add rounds once") {
  if (!fused) return;
  float result[lanes];
  const float a = 1 + 0x1p-12f;
  Native::store(result, Native::fma(Native::set(a), Native::set(a), Native::set(0x1p-60f)));
  for (const float r : result) CHECK(bits_of(r) == 0x3f801001);
  Native::store(result, Native::fma(Native::set(a), Native::set(a), Native::set(-1 - 0x1p-11f)));
  for (const float r : result) CHECK(r == 0x1p-24f);
}

TEST_CASE("integers") {
  check_integers("add", INTEGERS(P::as_float(P::add_int(a, b))));
  check_integers("sub", INTEGERS(P::as_float(P::sub_int(a, b))));
  check_integers("and", INTEGERS(P::as_float(P::and_int(a, b))));
  check_integers("or", INTEGERS(P::as_float(P::or_int(a, b))));
  check_integers("xor", INTEGERS(P::as_float(P::xor_int(a, b))));
  check_integers("shift left", INTEGERS(P::as_float(P::template shift_left<9>(a))));
  check_integers("shift right", INTEGERS(P::as_float(P::template shift_right<9>(a))));
  check_integers("shift right signed", INTEGERS(P::as_float(P::template shift_right_signed<9>(a))));
  check_integers("shift by 31", INTEGERS(P::as_float(P::template shift_right<31>(P::template shift_left<31>(a)))));
  check_integers("less", INTEGERS(P::select(P::less_int(a, b), P::set(1), P::set(2))));
  check_integers("to float", INTEGERS(P::to_float(a)));
  check_integers("set", INTEGERS(P::as_float(P::set_int(-5))));
  CHECK(Scalar::add_int(INT32_MAX, 1) == INT32_MIN);
  CHECK(Scalar::shift_right<4>(-1) == 0x0fffffff);
  CHECK(Scalar::shift_right_signed<4>(-1) == -1);
  CHECK(Scalar::to_float(16777217) == 16777216.0f);
}

TEST_CASE("transpose turns rows into columns") {
  Native::Float block[lanes];
  for (int i = 0; i < lanes; ++i) {
    float row[lanes];
    for (int j = 0; j < lanes; ++j) row[j] = static_cast<float>(100 * i + j);
    block[i] = Native::load(row);
  }
  Native::transpose(block);
  for (int i = 0; i < lanes; ++i) {
    float row[lanes];
    Native::store(row, block[i]);
    for (int j = 0; j < lanes; ++j) CHECK(row[j] == static_cast<float>(100 * j + i));
  }
}

TEST_CASE("load, store and their parts touch nothing else") {
  for (int offset = 0; offset <= lanes; ++offset) {
    for (int n = 0; n <= lanes; ++n) {
      Guarded from(n, offset), part(n, offset), all(lanes, offset);
      for (int i = 0; i < n; ++i) from[i] = static_cast<float>(i + 1);
      // What is not loaded is 0.
      Native::store(all.data(), Native::load_first(from.data(), n));
      for (int i = 0; i < lanes; ++i) CHECK(bits_of(all[i]) == bits_of(i < n ? static_cast<float>(i + 1) : 0.0f));
      for (int i = 0; i < lanes; ++i) all[i] = static_cast<float>(-i - 1);
      Native::store_first(part.data(), Native::load(all.data()), n);
      for (int i = 0; i < n; ++i) CHECK(part[i] == static_cast<float>(-i - 1));
      CHECK(part.intact());
      CHECK(all.intact());
    }
  }
}

#ifdef __linux__
TEST_CASE("partial loads and stores do not reach into the next page of memory") {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  void* const memory = mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(memory != MAP_FAILED);
  char* const end = static_cast<char*>(memory) + page;
  REQUIRE(mprotect(end, page, PROT_NONE) == 0);
  for (int n = 1; n <= lanes; ++n) {
    float* const last = reinterpret_cast<float*>(end) - n;
    Native::store_first(last, Native::set(2.5f), n);
    float result[lanes];
    Native::store(result, Native::load_first(last, n));
    CHECK(result[n - 1] == 2.5f);
  }
  munmap(memory, 2 * page);
}
#endif
