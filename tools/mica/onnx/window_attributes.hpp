// The attributes that convolutions and pools share, for the one or two axes that a kernel moves along.
#pragma once

#include <optional>
#include <string>

#include "translation.hpp"

namespace mica::onnx {

struct WindowAttributes {
  Extents size, kernel, stride, dilation, before, after, out;

  std::size_t axes() const { return size.size(); }
  std::int64_t reach(std::size_t axis) const { return (kernel[axis] - 1) * dilation[axis] + 1; }
  bool padded() const;
  // Template arguments: "3", or "rectangle(1, 3)" where the directions differ; a sequence as a row if `as_row`.
  std::string kernel_text(bool as_row) const;
  std::string stride_text(bool as_row) const;
  std::string dilation_text(bool as_row) const;
  // "Valid", "Same" or "Pad<...>".
  std::string padding_text(bool as_row) const;
};

// Reads them for an input of [batch][channels] and the axes behind; nothing where there are other than one or two of
// these, or the numbers make no sense, which is reported.
std::optional<WindowAttributes> read_window(Translation& translation, const Node& node, const Extents& dims,
                                            const Extents& kernel);
// Channels last: [rows][columns][channels] or [length][channels].
int arrange_channels_last(Translation& translation, const Node& node, int value);
// The layout of an output with these extents, channels last, behind an input with the axes of `like`.
Layout channels_last(const Layout& like, const Extents& size, std::int64_t channels);
// A sequence as an image one row high and back, for layers that Mica only has for images.
int as_row(Translation& translation, const Node& node, int value);
int as_sequence(Translation& translation, const Node& node, int value);

std::string size_text(const Extents& sizes, std::int64_t row, bool as_row);

}  // namespace mica::onnx
