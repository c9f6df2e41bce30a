#include "operators.hpp"
#include "translation.hpp"

namespace mica::onnx {
namespace {

// y = x (factor w) + bias_factor bias, w [in][out] in the file's order, or transposed.
struct Product {
  Constant weights, bias;
  bool transposed = false, has_bias = false;
  float factor = 1, bias_factor = 1;
  std::int64_t in = 0, out = 0;
};

// `places`: where in memory the inputs lie.
void set_numbers(Operation& operation, const Product& product, const std::vector<std::int32_t>& places) {
  operation.numbers = [=](std::vector<float>& parameters, std::vector<float>&, std::string& failure) {
    std::vector<float> w, b;
    if (!read_floats(product.weights, w, failure)) return false;
    if (product.has_bias && !read_floats(product.bias, b, failure)) return false;
    const std::size_t begin = parameters.size(), in = static_cast<std::size_t>(product.in),
                      out = static_cast<std::size_t>(product.out);
    parameters.resize(begin + (in + 1) * out);
    for (std::size_t i = 0; i < in; ++i) {
      float* const row = parameters.data() + begin + static_cast<std::size_t>(places[i]) * out;
      for (std::size_t o = 0; o < out; ++o) row[o] = product.factor * w[product.transposed ? o * in + i : i * out + o];
    }
    for (std::size_t o = 0; product.has_bias && o < out; ++o) {
      parameters[begin + in * out + o] = product.bias_factor * b[b.size() == 1 ? 0 : o];
    }
    return true;
  };
  operation.tail = static_cast<std::size_t>(product.out);
  operation.takes_sum = !product.has_bias;
}

// The last axis of the value is what the products run along; the others, but for the batch, are places of their own.
void add_dense(Translation& translation, const Node& node, int value, const Product& product) {
  const int rank = translation.layout(value).rank();
  Group features{{rank - 1}, true};
  std::vector<Group> groups;
  Axis places;
  for (int axis = 0; axis + 1 < rank; ++axis) {
    const Axis& runs = translation.layout(value).axes[static_cast<std::size_t>(axis)];
    for (const Run& run : runs) {
      if (run.stride != batch_stride) places.push_back(run);
    }
  }
  const Axis& last = translation.layout(value).axes.back();
  if (has_batch(last)) return translation.refuse(node, "it would mix the samples of a batch");
  if (!is_block(last, 1)) {
    // Only where the places are whole axes can they be put in front.
    for (int axis = 0; axis + 1 < rank; ++axis) {
      if (!has_batch(translation.layout(value).axes[static_cast<std::size_t>(axis)])) groups.push_back({{axis}});
    }
    groups.push_back(features);
    value = translation.arrange(node, value, groups);
    if (value < 0) return;
    return add_dense(translation, node, value, product);
  }
  Layout to = translation.layout(value);
  for (Axis& axis : to.axes) {
    for (Run& run : axis) {
      if (run.stride != batch_stride) run.stride = run.stride / product.in * product.out;
    }
  }
  to.axes.back() = product.out == 1 ? Axis{} : Axis{{product.out, 1}};
  const std::vector<std::int32_t> order = offsets(last);
  const std::int64_t count = extent(places);
  if (count == 1) {
    to.shape = {product.out};
    Operation& operation = translation.layer(node, value, "Dense<" + std::to_string(product.out) + ">", to);
    operation.role = Operation::Role::dense;
    set_numbers(operation, product, order);
  } else {
    value = translation.arrange_shape(node, value, {count, product.in});
    to.shape = {count, product.out};
    const std::string description = "Conv1d<" + std::to_string(product.out) + ", 1, Valid, 1, 1>";
    set_numbers(translation.layer(node, value, description, to), product, order);
  }
  translation.give(node, 0, translation.last_value());
}

bool fits(Translation& translation, const Node& node, int value, Product& product) {
  const Extents& dims = product.weights.dims;
  const Extents x = translation.layout(value).dims();
  if (product.weights.uniform && product.weights.size() > 4096) {
    translation.refuse(node, "its weights repeat one number " + std::to_string(product.weights.size()) + " times");
    return false;
  }
  if (dims.size() == 2 && !product.weights.is_integer && product.weights.size() > 0) {
    product.in = dims[product.transposed ? 1 : 0];
    product.out = dims[product.transposed ? 0 : 1];
    if (!x.empty() && x.back() == product.in) return true;
  }
  translation.refuse(node, "its weights " + text(dims) + " do not go with an input of " + text(x));
  return false;
}

}  // namespace

void translate_gemm(Translation& translation, const Node& node) {
  const int value = translation.value(node, 0);
  const Constant* const weights = value < 0 ? nullptr : translation.constant(node, 1);
  if (weights == nullptr) return;
  if (node.integer("transA", 0) != 0) return translation.refuse(node, "transA = 1 would mix the samples of a batch");
  if (translation.layout(value).rank() != 2) return translation.refuse(node, "its input must have two axes");
  Product product;
  product.weights = *weights;
  product.transposed = node.integer("transB", 0) != 0;
  product.factor = node.number("alpha", 1);
  product.bias_factor = node.number("beta", 1);
  if (!fits(translation, node, value, product)) return;
  if (translation.has_input(node, 2)) {
    const Constant* const bias = translation.constant(node, 2);
    if (bias == nullptr) return;
    const bool one_row = bias->dims.size() < 2 || (bias->dims.size() == 2 && bias->dims[0] == 1);
    if (!one_row || (bias->size() != product.out && bias->size() != 1)) {
      return translation.refuse(node, "its bias " + text(bias->dims) + " is not one number for each of " +
                                          std::to_string(product.out) + " outputs, the same for every sample");
    }
    product.bias = *bias;
    product.has_bias = true;
  }
  add_dense(translation, node, value, product);
}

void translate_matmul(Translation& translation, const Node& node) {
  const int value = translation.value(node, 0);
  const Constant* const weights = value < 0 ? nullptr : translation.constant(node, 1);
  if (weights == nullptr) return;
  Product product;
  product.weights = *weights;
  if (fits(translation, node, value, product)) add_dense(translation, node, value, product);
}

}  // namespace mica::onnx
