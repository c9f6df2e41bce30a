#pragma once

#include <mica/namespace.hpp>
#include <mica/window.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// Numbers in a vector of this port, for memory that is worked on in whole vectors.
constexpr int whole_vector = MICA_VECTOR_FLOATS;
constexpr int in_whole_vectors(int n) { return (n + whole_vector - 1) / whole_vector * whole_vector; }

}  // namespace kernels

// KernelSpans: a convolution's weights, or their gradient, turned so that those of one output lie side by side:
// [output][kernel rows][segments][padded]. A segment is a stretch that also lies side by side in the image. Images with
// many channels are taken in parts, so that all outputs of a part stay within a budget.
// Memory: none in use; constexpr.
struct KernelSpans {
  int channels;  // of one part
  int pixel;     // numbers from one pixel of the image to the next
  int rows, segments;
  int span, padded;  // numbers of a segment, and in whole vectors

  static constexpr int budget = 2048;
  constexpr int size() const { return rows * segments * padded; }

  // The image is x itself, or has `padded_pixels` of whole vectors with only this part's channels in them.
  static constexpr KernelSpans of_part(const Window& w, int channels, bool padded_pixels) {
    const int pixel = padded_pixels ? kernels::in_whole_vectors(channels) : w.channels;
    const bool joined = w.dilation_width == 1 && (padded_pixels || channels == w.channels);
    const int span = joined ? w.kernel_width * pixel : channels;
    return {channels, pixel, w.kernel_height, joined ? 1 : w.kernel_width, span, kernels::in_whole_vectors(span)};
  }
  static constexpr KernelSpans of(const Window& w, int outputs, bool padded_pixels) {
    KernelSpans spans = of_part(w, w.channels, padded_pixels);
    int channels = kernels::in_whole_vectors(w.channels);
    while (outputs * spans.size() > budget && channels > kernels::whole_vector) {
      channels -= kernels::whole_vector;
      spans = of_part(w, channels, padded_pixels);
    }
    return spans;
  }
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
