// The small types everything else stands on: Text, Status, Shape, Tensor, BatchView, Slot, Values.
#include <climits>
#include <cstring>
#include <type_traits>

#include <doctest/doctest.h>
#include <mica/batch_view.hpp>
#include <mica/slot.hpp>
#include <mica/status.hpp>
#include <mica/tensor.hpp>

namespace {

using mica::BatchView;
using mica::Shape;
using mica::Tensor;
using mica::Text;

template <std::size_t capacity>
bool says(const Text<capacity>& text, const char* words) {
  return std::strcmp(text.c_str(), words) == 0 && text.size() == std::strlen(words);
}

constexpr bool same_words(const char* a, const char* b) {
  for (; *a != '\0' && *a == *b; ++a) ++b;
  return *a == *b;
}

}  // namespace

TEST_CASE("Text writes numbers of every size and sign") {
  Text<200> text;
  text << 0 << ' ' << -1 << ' ' << INT_MIN << ' ' << INT_MAX << ' ' << 4000000000u << ' ' << LLONG_MIN << ' '
       << ULLONG_MAX << ' ' << 12L << ' ' << 13ul;
  CHECK(says(text, "0 -1 -2147483648 2147483647 4000000000 -9223372036854775808 18446744073709551615 12 13"));
  Text<40> hexadecimal;
  CHECK(says(hexadecimal.hexadecimal(0x0123456789abcdef), "0123456789abcdef"));
}

TEST_CASE("Text cuts off what does not fit and stays terminated") {
  Text<5> text;
  text << "abc" << 12345 << "more";
  CHECK(says(text, "abc12"));
  Text<0> none;
  none << "words";
  CHECK(says(none, ""));
  static_assert(sizeof(Text<223>) <= 240, "");
}

TEST_CASE("Text is usable in constant expressions") {
  constexpr auto text = Text<20>() << "x = " << -42;
  static_assert(same_words(text.c_str(), "x = -42"), "");
  static_assert(text.size() == 7, "");
}

TEST_CASE("Status carries one sentence, or none") {
  const mica::Status fine;
  CHECK(fine.ok());
  CHECK(says(Text<4>() << fine.message(), ""));
  const mica::Status failed = mica::Status::error(mica::Status::Message() << "Found " << 3 << ", expected 4.");
  CHECK(!failed.ok());
  CHECK(std::strcmp(failed.message(), "Found 3, expected 4.") == 0);
  // Even an error without words is an error.
  CHECK(!mica::Status::error({}).ok());
}

TEST_CASE("Shape") {
  using Image = Shape<28, 26, 3>;
  static_assert(Image::rank == 3 && Image::size == 28 * 26 * 3, "");
  static_assert(Image::extent(0) == 28 && Image::extent(1) == 26 && Image::extent(2) == 3, "");
  static_assert(Shape<7>::rank == 1 && Shape<7>::size == 7 && Shape<>::size == 1, "");
  static_assert(std::is_empty_v<Image>, "");
  Text<20> text;
  Image::describe(text);
  CHECK(says(text, "28x26x3"));
}

TEST_CASE("Tensor is its numbers, row by row") {
  Tensor<float, 2, 3, 4> tensor;
  static_assert(sizeof tensor == 24 * sizeof(float) && decltype(tensor)::size == 24, "");
  static_assert(std::is_trivial_v<Tensor<float, 2, 3>>, "no constructor runs before main");
  for (int i = 0; i < 24; ++i) tensor[i] = static_cast<float>(i);
  int flat = 0;
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 3; ++j) {
      for (int k = 0; k < 4; ++k) CHECK(tensor(i, j, k) == static_cast<float>(flat++));
    }
  }
  CHECK(&tensor(1, 2, 3) == tensor.data() + 23);
  const auto& constant = tensor;
  CHECK(&constant(0, 0, 1) == constant.data() + 1);
  constexpr Tensor<int, 2, 2> table = {{1, 2, 3, 4}};
  static_assert(table(1, 0) == 3 && table[3] == 4, "");
}

TEST_CASE("BatchView steps from sample to sample") {
  Tensor<float, 5, 2, 3> images;
  for (int i = 0; i < 30; ++i) images[i] = static_cast<float>(i);
  const BatchView<float, Shape<2, 3>> view = images;
  static_assert(decltype(view)::stride == 6, "");
  CHECK(view.size == 5);
  CHECK(view.count() == 30);
  CHECK(view[2] == images.data() + 12);
  const auto part = view.part(1, 3);
  CHECK(part.size == 3);
  CHECK(part.data == images.data() + 6);
  const BatchView<const float, Shape<2, 3>> reading = view;
  CHECK((reading.data == view.data && reading.size == 5));
  const auto& constant = images;
  const BatchView<const float, Shape<2, 3>> of_constant = constant;
  CHECK(of_constant.data == images.data());
  CHECK(BatchView<float, Shape<2>>().data == nullptr);
}

TEST_CASE("BatchView takes a single sample, and labels without their extent of 1") {
  Tensor<float, 2, 3> image;
  const BatchView<const float, Shape<2, 3>> view = image;
  CHECK((view.size == 1 && view.data == image.data()));
  Tensor<std::uint8_t, 7> labels;
  const BatchView<const std::uint8_t, Shape<1>> seven = labels;
  CHECK((seven.size == 7 && seven.data == labels.data()));
  Tensor<std::uint8_t, 7, 1> column;
  CHECK((BatchView<const std::uint8_t, Shape<1>>(column).size == 7));
  Tensor<float, 1> one;
  CHECK((BatchView<float, Shape<1>>(one).size == 1));
}

TEST_CASE("BatchView takes no view of another shape, and does not drop const") {
  using View = BatchView<float, Shape<2, 3>>;
  static_assert(std::is_convertible_v<Tensor<float, 5, 2, 3>&, View>, "");
  static_assert(!std::is_constructible_v<View, BatchView<const float, Shape<2, 3>>>, "");
  static_assert(!std::is_convertible_v<BatchView<float, Shape<3, 2>>, View>, "");
}

namespace {

struct Nothing {};
struct Three {
  float values[3];
};
struct Together : mica::Slot<0, Nothing>, mica::Slot<1, Three>, mica::Slot<2, Nothing>, mica::Slot<3, Three> {};
struct OnlyEmpty : mica::Slot<0, Nothing>, mica::Slot<1, Nothing>, mica::Slot<2, Nothing> {};

}  // namespace

TEST_CASE("slots lie side by side, empty ones take nothing") {
  static_assert(sizeof(Together) == 6 * sizeof(float), "");
  static_assert(std::is_empty_v<OnlyEmpty>, "");
  static_assert(std::is_trivially_copyable_v<Together>, "");
  Together together{};
  mica::item_at<1>(together).values[2] = 5;
  mica::item_at<3>(together).values[0] = 6;
  const auto* numbers = reinterpret_cast<const float*>(&together);
  CHECK(numbers[2] == 5.0f);
  CHECK(numbers[3] == 6.0f);
  const Together& constant = together;
  CHECK(mica::item_at<3>(constant).values[0] == 6.0f);
  static_assert(std::is_same_v<decltype(mica::item_at<0>(constant)), const Nothing&>, "");
}

TEST_CASE("Values of no numbers take nothing") {
  static_assert(std::is_empty_v<mica::Values<float, 0>>, "");
  static_assert(sizeof(mica::Values<float, 3>) == 12, "");
  CHECK(mica::Values<float, 0>().data() == nullptr);
}
