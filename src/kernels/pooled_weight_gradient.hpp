// The gradient of a convolution's weights and bias behind which lie a ReLU and a max pool: output by output, with a part
// of its gradient in registers.
#pragma once

#include <cstring>

#include "finite.hpp"
#include "one_channel.hpp"
#include "pooled_sample.hpp"
#include "reductions.hpp"
#include "spans.hpp"
#include "strip.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace kernels {

// OutputLists: for each output the gradients that pass through it, in the order of pixels, each with where in the strip
// the kernel lies. First comes where each list ends, then the lists, made of pairs; a whole number takes the memory of one
// of type T.
template <class T>
class OutputLists {
 public:
  OutputLists(T* memory, int outputs, int size) : memory_(memory), outputs_(outputs), size_(size) {}
  void clear() {
    for (int o = 0; o < outputs_; ++o) write(memory_ + o, begin_of(o));
  }
  void append(long output, T d, int at) {
    const int end = read(memory_ + output);
    memory_[end] = d;
    write(memory_ + end + 1, at);
    write(memory_ + output, end + 2);
  }
  // Calls body(d, at) for one output's.
  template <class Body>
  void each(int output, Body body) const {
    const T* const end = memory_ + read(memory_ + output);
    for (const T* pair = memory_ + begin_of(output); pair != end; pair += 2) body(pair[0], read(pair + 1));
  }

 private:
  int begin_of(int output) const { return outputs_ + output * size_; }
  static int read(const T* from) {
    int n;
    std::memcpy(&n, from, sizeof n);
    return n;
  }
  static void write(T* to, int n) { std::memcpy(to, &n, sizeof n); }

  T* const memory_;
  const int outputs_, size_;
};

// One channel and a kernel whose gradient fits into registers: pixel by pixel, with what does not pass as 0. Times infinity
// that would not be nothing.
template <class P>
inline bool takes_one_channel(const PooledWindow& w, int samples, const typename P::Value* x) {
  const Window& c = w.convolution;
  const int numbers = samples * w.input_size();
  return takes_one_channel<P>(c) && c.kernel_height <= most_one_channel_rows<P>(c.kernel_width) &&
         on::first_not_finite<P>(numbers, x) == numbers;
}
template <class P>
void one_channel_pooled_gradient(const PooledWindow& w, int samples, const typename P::Value* x,
                                 const typename P::Value* dy, const std::uint8_t* passing, typename P::Value* dw,
                                 typename P::Value* db, typename P::Value* scratch) {
  using T = typename P::Value;
  using Float = typename P::Float;
  const Window& c = w.convolution;
  const int outputs = w.outputs, together = w.weight_gradient_rows();
  T* const sums = scratch + c.strip_size(w.rows_under(together));
  clear<P>(outputs, sums);
  // Columns that the pool leaves out read the last window's gradient, of which nothing passes.
  const int last_column = (w.pool.out_width - 1) * w.pool.stride_width;
  long block = 0;  // of the bias gradient: one of row_block pixels
  for (int n = 0; n < samples; ++n) {
    const PooledSample<T> sample(w, dy, passing, n);
    const T* const image = x + static_cast<long>(n) * w.input_size();
    for (int first = 0; first < w.pool.out_height; first += together) {
      const int rows = w.pool.out_height - first < together ? w.pool.out_height - first : together;
      const RowsUnder under{first, rows, w.pool.kernel_height, w.pool.stride_height};
      const Strip<T> strip = copy_strip<P>(c, image, under.row(0), w.rows_under(rows), scratch);
      const long tap_row = c.dilation_height * strip.row_length, before = static_cast<long>(n) * c.out_height;
      long last_block = block;
      with_one_channel_gradient<P>(c.kernel_width, c.kernel_height, [&](auto gradient_of) {
        for_vectors<P>(outputs, [&](int o, auto vector) {
          typename decltype(gradient_of)::Type gradient(dw + o, outputs, vector);
          Float sum = vector.load(sums + o), total = vector.load(db + o);
          last_block = block;
          for (int i = 0; i < under.count(); ++i) {
            const int row = under.row(i);
            const GradientRow<T> gradients = sample.row(under.window(i));
            const PassingRow bits = sample.passing(row);
            const long pixel = (before + row) * c.out_width;
            for (int begin = 0; begin < c.out_width;) {
              const long its_block = (pixel + begin) / row_block;
              if (its_block != last_block) {
                total = P::add(total, sum);
                sum = P::set(0);
                last_block = its_block;
              }
              const long left = (its_block + 1) * row_block - pixel;
              const int end = left < c.out_width ? static_cast<int>(left) : c.out_width;
              gradient.add(begin, end, strip.row(row - under.row(0)), tap_row, [&](int column) {
                const auto passes = P::mask(bits.template vector_at<P>(column, o));
                const auto read = static_cast<unsigned>(column < last_column ? column : last_column);
                const Float d = P::select(passes, vector.load(gradients.at(read) + o), P::set(0));
                sum = P::add(sum, d);
                return d;
              });
              begin = end;
            }
          }
          gradient.store(dw + o, outputs, vector);
          vector.store(sums + o, sum);
          vector.store(db + o, total);
        });
      });
      block = last_block;
    }
  }
  map<P>(
      outputs, [](auto total, auto sum) { return P::add(total, sum); }, db, db, sums);
}

namespace on {

// dw[ky][kx][channel][o] += sum over samples, rows and columns of x dy, db[o] += sum of dy, for some o. Where one
// channel's gradient is made of all outputs at once, the first of them bring it all.
template <class P>
void pooled_weight_gradient(const PooledWindow& w, int samples, const typename P::Value* x, const typename P::Value* dy,
                            const std::uint8_t* passing, typename P::Value* dw, typename P::Value* db,
                            typename P::Value* scratch, Part outputs) {
  using T = typename P::Value;
  if constexpr (P::lanes > 1) {
    if (takes_one_channel<P>(w, samples, x)) {
      if (outputs.first > 0) return;
      return one_channel_pooled_gradient<P>(w, samples, x, dy, passing, dw, db, scratch);
    }
  }
  const Window& c = w.convolution;
  const KernelSpans spans = w.weight_spans();
  const int together = w.weight_gradient_rows();
  const int column_step = c.stride_width * c.channels;
  const long segment = static_cast<long>(c.dilation_width) * c.channels;
  T* const behind_strip = scratch + c.strip_size(w.rows_under(together));
  T* const turned = behind_strip + whole_vector;
  T* const sums = turned + w.outputs * spans.size();
  OutputLists<T> lists(sums + w.outputs, w.outputs, 2 * together * w.pool.out_width);
  const auto its_first = static_cast<unsigned>(outputs.first), its_count = static_cast<unsigned>(outputs.count);
  clear<P>(whole_vector, behind_strip);

  for (int channel = 0; channel < c.channels; channel += spans.channels) {
    for_turned(c, w.outputs, outputs, spans, channel, [=](int weight, int at) { turned[at] = dw[weight]; });
    // The bias gradient is that of add_rows: sums over blocks of pixels, of which most terms are 0.
    clear<P>(w.outputs, sums);
    const auto end_block = [&] {
      if (channel > 0) return;
      map<P>(
          outputs.count, [](auto sum, auto total) { return P::add(total, sum); }, db + outputs.first,
          sums + outputs.first, db + outputs.first);
      clear<P>(w.outputs, sums);
    };
    long block_end = row_block;  // in pixels of the whole batch
    for (int n = 0; n < samples; ++n) {
      const PooledSample<T> sample(w, dy, passing, n);
      const T* const image = x + static_cast<long>(n) * w.input_size();
      for (int first = 0; first < w.pool.out_height; first += together) {
        const int rows = w.pool.out_height - first < together ? w.pool.out_height - first : together;
        const RowsUnder under{first, rows, w.pool.kernel_height, w.pool.stride_height};
        const Strip<T> strip = copy_strip<P>(c, image, under.row(0), w.rows_under(rows), scratch);
        const int row_step = static_cast<int>(strip.row(1) - strip.row(0));
        lists.clear();
        for (int i = 0; i < under.count(); ++i) {
          const int row = under.row(i), row_at = (row - under.row(0)) * row_step;
          const long pixel = (static_cast<long>(n) * c.out_height + row) * c.out_width;
          const GradientRow<T> gradients = sample.row(under.window(i));
          block_end = pixel + sample.passing(row).visit(
                                  static_cast<int>(block_end - pixel), row_block,
                                  [=](unsigned column, unsigned o) mutable {
                                    if (o - its_first >= its_count) return;
                                    const T d = gradients.at(column)[o];
                                    sums[o] = sums[o] + d;
                                    lists.append(o, d, row_at + static_cast<int>(column) * column_step);
                                  },
                                  end_block);
        }
        const long tap_row = c.dilation_height * strip.row_length;
        for_span_tiles<P>(spans, [&](auto tile_of, int line, int number) {
          const T* const from =
              strip.data + channel + line / spans.segments * tap_row + line % spans.segments * segment + number;
          for (int o = outputs.first; o < outputs.end(); ++o) {
            T* const at = turned + o * spans.size() + line * spans.padded + number;
            typename decltype(tile_of)::Type tile(at, spans.padded);
            lists.each(o, [&](T d, int where) { tile.add(d, from + where, tap_row); });
            tile.store(at, spans.padded);
          }
        });
      }
    }
    end_block();
    for_turned(c, w.outputs, outputs, spans, channel, [=](int weight, int at) { dw[weight] = turned[at]; });
  }
}

}  // namespace on
}  // namespace kernels
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
