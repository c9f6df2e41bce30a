// The gradient of the input of a convolution behind which lie a ReLU and a max pool: pixel by pixel of the convolution, each
// of which adds to the pixels under the kernel.
#pragma once

#include "pooled_sample.hpp"
#include "spans.hpp"
#include "strip.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// What the outputs of one row of the convolution add to the rows under it.
template <class T>
struct InputGradientRow {
  PassingRow passing;
  GradientRow<T> gradients;
  int width, outputs;
  long column_step;  // from what is under one column to what is under the next
  long output_step;  // from the weights of one output to those of the next

  // Columns from the last to the first, and the outputs of each in order, for a tile that lies at `to` under column 0.
  template <class Tile>
  void add(const T* weight, long weight_step, T* to, long to_step) const {
    to += width * column_step;
    for (int column = width - 1; column >= 0; --column) {
      to -= column_step;
      for (int first = 0; first < outputs; first += 64) {
        std::uint64_t bits = passing.outputs_at(column, first);
        if (bits == 0) continue;
        const T* const dy = gradients.at(static_cast<unsigned>(column)) + first;
        const T* const weights = weight + first * output_step;
        Tile tile(to, to_step);
        for (; bits != 0; bits &= bits - 1) {
          const long o = __builtin_ctzll(bits);
          tile.add(dy[o], weights + o * output_step, weight_step);
        }
        tile.store(to, to_step);
      }
    }
  }
};

// Copies one part's channels of a padded row, whose pixels are whole vectors, to row `row` of dx, if that exists.
template <class P>
inline void finish_row(const Window& w, const KernelSpans& spans, int first, const typename P::Value* from, int row,
                       typename P::Value* dx) {
  if (row < 0 || row >= w.height) return;
  const int inside = w.padded_width() - w.left < w.width ? w.padded_width() - w.left : w.width;
  const int channels = w.channels - first < spans.channels ? w.channels - first : spans.channels;
  typename P::Value* to = dx + static_cast<long>(row) * w.width * w.channels + first;
  from += static_cast<long>(w.left) * spans.pixel;
  if (spans.pixel == w.channels && inside > 0) return copy_row<P>(static_cast<long>(inside) * w.channels, from, to);
  for (int column = 0; column < inside; ++column, from += spans.pixel, to += w.channels)
    copy_row<P>(channels, from, to);
}

namespace on {

// dx[row][column][channel] = sum over the kernel's rows and columns, then outputs, of dy w. In this order the rows and
// columns of dy come from the last to the first, so the strips go upwards; the rows that two strips add to are handed on.
template <class P>
void pooled_input_gradient(const PooledWindow& w, int samples, const typename P::Value* dy, const std::uint8_t* passing,
                           const typename P::Value* weight, typename P::Value* dx, typename P::Value* scratch) {
  using T = typename P::Value;
  const Window& c = w.convolution;
  const KernelSpans spans = w.input_spans();
  const int together = w.input_gradient_rows(), most = w.input_rows(together);
  const long row_length = static_cast<long>(c.padded_width()) * spans.pixel;
  const long tap_row = c.dilation_height * row_length, tap_column = static_cast<long>(c.dilation_width) * spans.pixel;
  const int upwards = w.rows_between(together) * c.stride_height;
  const int shared = most - upwards > 0 ? most - upwards : 0;
  T* const turned = scratch + w.input_gradient_size(together);
  clear<P>(static_cast<long>(samples) * w.input_size(), dx);

  for (int channel = 0; channel < c.channels; channel += spans.channels) {
    clear<P>(static_cast<long>(w.outputs) * spans.size(), turned);
    for_turned(c, w.outputs, {0, w.outputs}, spans, channel, [=](int from, int at) { turned[at] = weight[from]; });
    for (int n = 0; n < samples; ++n) {
      const PooledSample<T> sample(w, dy, passing, n);
      T* const image = dx + static_cast<long>(n) * w.input_size();
      clear<P>(most * row_length, scratch);
      for (int first = (w.pool.out_height - 1) / together * together; first >= 0; first -= together) {
        const int rows = w.pool.out_height - first < together ? w.pool.out_height - first : together;
        const RowsUnder under{first, rows, w.pool.kernel_height, w.pool.stride_height};
        const int top = under.row(0);
        for (int i = under.count() - 1; i >= 0; --i) {
          T* const to = scratch + (under.row(i) - top) * c.stride_height * row_length;
          const InputGradientRow<T> row{sample.passing(under.row(i)),
                                        sample.row(under.window(i)),
                                        c.out_width,
                                        w.outputs,
                                        c.stride_width * spans.pixel,
                                        spans.size()};
          // From left to right in the image, which is the order of the kernel's columns.
          for_span_tiles<P>(spans, [&](auto tile_of, int line, int number) {
            const long tap = line / spans.segments * tap_row + line % spans.segments * tap_column + number;
            row.template add<typename decltype(tile_of)::Type>(turned + line * spans.padded + number, spans.padded,
                                                               to + tap, tap_row);
          });
        }
        const int unfinished = first > 0 ? shared : 0;
        for (int i = unfinished; i < w.input_rows(rows); ++i) {
          finish_row<P>(c, spans, channel, scratch + i * row_length, top * c.stride_height - c.top + i, image);
        }
        for (int i = unfinished - 1; i >= 0; --i) {
          copy_row<P>(row_length, scratch + i * row_length, scratch + (upwards + i) * row_length);
        }
        clear<P>((upwards < most ? upwards : most) * row_length, scratch);
      }
    }
  }
}

}  // namespace on
}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
