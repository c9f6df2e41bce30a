#pragma once

#include <mica/chain.hpp>
#include <mica/namespace.hpp>
#include <mica/shape.hpp>
#include <mica/text.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Input: the shape of one sample, the first entry of every network: Input<28, 28, 1> or Input<784>.
// Memory: none.
template <int... extents>
struct Input {
  using SampleShape = Shape<extents...>;
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    int dimension = 0;
    writer << "Input<";
    ((writer << (dimension++ == 0 ? "" : ", ") << extents), ...);
    writer << ">";
  }
};

template <class First>
struct SampleShapeOf {
  static constexpr bool known = false;
  using Type = Shape<1>;
};
template <int... extents>
struct SampleShapeOf<Input<extents...>> {
  static constexpr bool known = true;
  using Type = Shape<extents...>;
};

// A writer that only hashes: 64-bit FNV-1a over the characters of a description.
struct DescriptionHash {
  std::uint64_t value = 0xcbf29ce484222325;
  constexpr DescriptionHash& operator<<(char c) {
    value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return *this;
  }
  constexpr DescriptionHash& operator<<(const char* words) {
    while (*words != '\0') *this << *words++;
    return *this;
  }
  constexpr DescriptionHash& operator<<(int number) {
    Text<12> digits;
    digits << number;
    return *this << digits.c_str();
  }
};

// Sequential: a network, written once as a type. Only the interesting number of each layer is stated; every input shape
// is deduced from the layer before.
//   using Net = mica::Sequential<mica::Input<28, 28, 1>, mica::Dense<128>, mica::ReLU, mica::Dense<10>>;
// It is never instantiated as an object; Model, Trainer and Predictor hold the memory.
// Errors: a shape that does not fit does not compile; the message names the layer and its input shape.
template <class First, class... Layers>
struct Sequential {
  using Input = typename SampleShapeOf<First>::Type;
  // Mistakes in the sample's shape or in a layer's own numbers are reported here, before shapes are deduced from them.
  static_assert(Input::size > 0 && ((sizeof(Layers) > 0) && ...), "");  // NOLINT(bugprone-sizeof-expression)

  // The network over another number type, for check_layer.
  template <class T>
  using In = Chain<T, Input, Layers...>;
  using Bound = WholeChain<float, Input, Layers...>;
  using Output = typename Bound::Output;
  using Params = typename Bound::Params;
  using Stats = typename Bound::Stats;

  static constexpr int parameters = parameter_count<Bound>;
  static constexpr int statistics = statistic_count<Bound>;

  // Writes the type as the user wrote it.
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    writer << "Sequential<";
    First::describe(writer);
    ((writer << ", ", Layers::describe(writer)), ...);
    writer << ">";
  }

  // Tells one architecture from another in files.
  static constexpr std::uint64_t fingerprint() {
    DescriptionHash hash;
    describe(hash);
    return hash.value;
  }

  static_assert(SampleShapeOf<First>::known,
                "mica::Sequential: the first entry must be Input<...>, the shape of one sample.");
  static_assert(sizeof...(Layers) > 0, "mica::Sequential: a network has at least one layer after its Input.");
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
