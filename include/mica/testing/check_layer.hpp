#pragma once

#include <mica/testing/check_options.hpp>
#include <mica/testing/check_report.hpp>
#include <mica/testing/layer_bench.hpp>
#include <mica/testing/layer_check.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

namespace testing {

// A whole network as a layer.
template <class Net>
struct NetworkAsLayer {
  template <class Input, class T>
  using On = typename Net::template In<T>;
  template <class Writer>
  static constexpr void describe(Writer& writer) {
    Net::describe(writer);
  }
};

}  // namespace testing

// check_layer: holds a layer against the layer contract (layer.hpp) for inputs of one shape, in float and in double,
// for a full batch and for one sample less:
//   - backward is the numerical gradient of a random linear function of y, in double
//   - backward adds to the gradient, overwrites dx, gives the same gradient when dx is null, and reads x and y only if
//     it says so
//   - the passes give the same bits in place if the layer says so, and infer those of forward unless it trains
//     differently; a sample gives infer the same bits alone as in a batch
//   - nothing is written but the results, and no more scratch is used than claimed
//   - initialize writes every number, the same ones for the same seed
// Every broken point is one sentence of the report. The program links mica_testing, which has the kernels in double; a
// layer with loops of its own writes them for both number types.
// Memory: static, several times that of the layer's passes; not for two threads at once. A badly broken layer
// fails in many points at once: begin with the first sentence.
template <class Layer, class Input, int batch = 4>
CheckReport check_layer(const CheckOptions& options = {}) {
  static_assert(batch > 0, "mica::check_layer: a batch holds at least one sample.");
  constexpr auto& in_float = testing::any_layer<typename Layer::template On<Input, float>, batch>;
  constexpr auto& in_double = testing::any_layer<typename Layer::template On<Input, double>, batch>;
  alignas(testing::BenchMemory::alignment) static unsigned char bytes[testing::size_of_check(in_float, in_double)];
  Text<159> subject;
  Layer::describe(subject);
  subject << " on ";
  Input::describe(subject);
  testing::BenchMemory memory(bytes);
  return testing::check_in(memory, subject.c_str(), in_float, in_double).run(options);
}

// The same for a whole network, whose layers share memory.
template <class Net, int batch = 4>
CheckReport check_network(const CheckOptions& options = {}) {
  return check_layer<testing::NetworkAsLayer<Net>, typename Net::Input, batch>(options);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
