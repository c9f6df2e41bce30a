#include <algorithm>

#include "operators.hpp"
#include "window_attributes.hpp"

namespace mica::onnx {
namespace {

// A layer for images over [batch][channels] and one or two more axes.
void over_image(Translation& translation, const Node& node, int value, const std::string& description,
                const Extents& size) {
  const std::int64_t channels = translation.layout(value).dims()[1];
  value = arrange_channels_last(translation, node, value);
  if (value < 0) return;
  const bool sequence = size.size() == 1;
  if (sequence) value = as_row(translation, node, value);
  Layout to = channels_last(translation.layout(value), size, channels);
  if (sequence) to.shape.insert(to.shape.begin(), 1);
  translation.layer(node, value, description, to);
  value = translation.last_value();
  translation.give(node, 0, sequence ? as_sequence(translation, node, value) : value);
}

// The factors of all axes, from scales or sizes; empty if they are not whole.
Extents factors_of(Translation& translation, const Node& node, const Extents& dims, bool& reported) {
  const std::size_t scales_at = node.operation == "Resize" && translation.opset() >= 11 ? 2 : 1;
  std::vector<float> scales;
  if (const Attribute* const attribute = node.find("scales")) scales = attribute->numbers;
  if (translation.has_input(node, scales_at)) {
    const Constant* const constant = translation.constant(node, scales_at);
    std::string failure;
    reported = constant == nullptr;
    if (reported) return {};
    if (constant->size() > 0 && !read_floats(*constant, scales, failure)) return {};
  }
  Extents factors;
  for (const float scale : scales) {
    if (!(scale >= 1 && scale < 65536) || scale != static_cast<float>(static_cast<int>(scale))) return {};
    factors.push_back(static_cast<std::int64_t>(scale));
  }
  if (factors.empty() && translation.has_input(node, 3)) {
    const auto* const sizes = translation.integers(node, 3);
    reported = sizes == nullptr;
    if (reported || sizes->size() != dims.size()) return {};
    for (std::size_t i = 0; i < dims.size(); ++i) {
      if ((*sizes)[i] < dims[i] || (*sizes)[i] % dims[i] != 0) return {};
      factors.push_back((*sizes)[i] / dims[i]);
    }
  }
  return factors;
}

}  // namespace

void translate_resize(Translation& translation, const Node& node) {
  const int value = translation.value(node, 0);
  if (value < 0) return;
  if (node.text("mode", "nearest") != "nearest") {
    return translation.refuse(node, "its mode is " + quoted(node.text("mode", "")) + ", and Mica enlarges by nearest");
  }
  // Which pixel is the nearest: with a whole factor f all of these take pixel i / f, cut off to a whole number.
  if (node.operation == "Resize" && translation.opset() >= 11) {
    const std::string_view place = node.text("coordinate_transformation_mode", "half_pixel");
    const std::string_view rounding = node.text("nearest_mode", "round_prefer_floor");
    const bool half = (place == "half_pixel" || place == "pytorch_half_pixel") &&
                      (rounding == "round_prefer_floor" || rounding == "round_prefer_ceil");
    if (!half && !(place == "asymmetric" && rounding == "floor")) {
      return translation.refuse(node, "its coordinate_transformation_mode " + quoted(place) + " with nearest_mode " +
                                          quoted(rounding) + " takes other pixels than Mica's Upsample2d");
    }
  }
  const Extents dims = translation.layout(value).dims();
  bool reported = false;
  const Extents factors = factors_of(translation, node, dims, reported);
  if (reported) return;
  if (factors.size() != dims.size() || dims.size() < 3 || dims.size() > 4 || factors[0] != 1 || factors[1] != 1) {
    return translation.refuse(node, "Mica enlarges the height and width of images, and sequences, by whole factors");
  }
  const Extents by(factors.begin() + 2, factors.end());
  Extents size;
  for (std::size_t i = 0; i < by.size(); ++i) size.push_back(dims[i + 2] * by[i]);
  if (product(by) == 1) return translation.give(node, 0, value);
  over_image(translation, node, value, "Upsample2d<" + size_text(by, 1, true) + ">", size);
}

void translate_pad(Translation& translation, const Node& node) {
  const int value = translation.value(node, 0);
  if (value < 0) return;
  Extents pads = node.integers("pads", {});
  if (translation.has_input(node, 1)) {
    const auto* const list = translation.integers(node, 1);
    if (list == nullptr) return;
    pads = *list;
  }
  float filler = node.number("value", 0);
  if (translation.has_input(node, 2)) {
    const Constant* const constant = translation.constant(node, 2);
    if (constant == nullptr) return;
    filler = single_float(*constant).value_or(1);
  }
  const Extents dims = translation.layout(value).dims();
  const std::size_t rank = dims.size();
  if (node.text("mode", "constant") != "constant" || filler != 0) {
    return translation.refuse(node, filler != 0
                                        ? "Mica pads with zeros, not with another number"
                                        : "Mica pads with zeros, and its mode is " + quoted(node.text("mode", "")));
  }
  if (translation.has_input(node, 3)) return translation.refuse(node, "its axes are an input, which is not read");
  const bool small = std::all_of(pads.begin(), pads.end(), [](std::int64_t n) { return n >= 0 && n < 65536; });
  if (rank < 3 || rank > 4 || pads.size() != 2 * rank || !small ||
      pads[0] + pads[1] + pads[rank] + pads[rank + 1] != 0) {
    return translation.refuse(
        node, "Mica puts zeros around the height and width of images, and around sequences; its pads " + text(pads) +
                  " are others for an input of " + text(dims));
  }
  std::string margins = rank == 3 ? "0, 0" : "";
  Extents size;
  for (std::size_t i = 2; i < rank; ++i) {
    margins += (margins.empty() ? "" : ", ") + std::to_string(pads[i]) + ", " + std::to_string(pads[rank + i]);
    size.push_back(dims[i] + pads[i] + pads[rank + i]);
  }
  if (size == Extents(dims.begin() + 2, dims.end())) return translation.give(node, 0, value);
  over_image(translation, node, value, "ZeroPad2d<" + margins + ">", size);
}

}  // namespace mica::onnx
