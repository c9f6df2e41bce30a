#pragma once

#include <cstdint>
#include <type_traits>

#include <mica/data/column_standardization.hpp>
#include <mica/data/dataset.hpp>
#include <mica/namespace.hpp>
#include <mica/slot.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Takes one more sample, the `count`th, into means and sums of squared differences.
void add_to_statistics(int n, long count, const float* x, double* mean, double* squares);
// The square root of a variance, also of one that no float can hold.
float deviation_of(double variance);

// ColumnStatistics: the mean and the deviation of each number of a dataset's samples, in one pass and in double:
//   m_k = m_(k-1) + (x_k - m_(k-1)) / k      s_k = s_(k-1) + (x_k - m_(k-1)) (x_k - m_k)      deviation = sqrt(s_n / n)
// Measure the training part alone, or what validation says is too good:
//   statistics.measure(data, fit.split(data.size()));
// Memory: 20 bytes per column and one target; needed while measuring. Errors: those of the data.
// Paper: Welford, "Note on a method for calculating corrected sums of squares and products", 1962, doi:10.2307/1266577.
template <class Data>
class ColumnStatistics {
  static constexpr bool labels = is_dataset<Data, std::uint8_t&>;
  static_assert(labels || target_size<Data> > 0,
                "mica::ColumnStatistics: a dataset whose targets are numbers must say how many: static constexpr int "
                "targets = ...");

 public:
  static constexpr int columns = Data::Sample::size;

  // The samples part(0) ... part(part.training() - 1): a Split.
  template <class Part>
  Status measure(const Data& data, const Part& part) {
    return measure(data, part.training(), part);
  }
  // All of them.
  Status measure(const Data& data) {
    return measure(data, data.size(), [](std::uint32_t i) { return i; });
  }

  ColumnStandardization<columns> standardization() const {
    ColumnStandardization<columns> result{};
    for (int i = 0; i < columns; ++i) {
      result.mean[i] = static_cast<float>(mean_[i]);
      result.deviation[i] = count_ > 0 ? deviation_of(squares_[i] / static_cast<double>(count_)) : 0;
    }
    return result;
  }

 private:
  template <class Order>
  Status measure(const Data& data, int count, const Order& order) {
    for (int i = 0; i < columns; ++i) mean_[i] = squares_[i] = 0;
    count_ = 0;
    for (int i = 0; i < count; ++i) {
      const int index = static_cast<int>(order(static_cast<std::uint32_t>(i)));
      Status status;
      if constexpr (labels) {
        std::uint8_t label = 0;
        status = data.read(index, sample_, label);
      } else {
        status = data.read(index, sample_, target_.data());
      }
      if (!status.ok()) return status;
      add_to_statistics(columns, ++count_, sample_, mean_, squares_);
    }
    return {};
  }

  double mean_[columns], squares_[columns];
  long count_ = 0;
  float sample_[columns];
  Values<float, labels ? 0 : target_size<Data>> target_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
