#pragma once

#include <type_traits>

#include <mica/data/column_standardization.hpp>
#include <mica/data/dataset.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Standardized: a dataset whose columns are standardised when they are read: mica::Standardized(table,
// standardization).
// Shape and targets: those of the data. Memory: two pointers; both must outlive it. Errors: those of the data.
template <class Data>
class Standardized {
 public:
  using Sample = typename Data::Sample;
  static constexpr int targets = target_size<Data>;

  constexpr Standardized(const Data& data, const ColumnStandardization<Sample::size>& standardization)
      : data_(&data), standardization_(&standardization) {}
  Standardized(const Data&&, const ColumnStandardization<Sample::size>&) = delete;
  Standardized(const Data&, const ColumnStandardization<Sample::size>&&) = delete;

  int size() const { return data_->size(); }
  template <class Target, class = std::enable_if_t<is_dataset<Data, Target&&>>>
  Status read(int index, float* sample, Target&& target) const {
    const Status status = data_->read(index, sample, target);
    if (status.ok()) standardization_->apply(sample);
    return status;
  }
  template <class Target, class = std::enable_if_t<reads_for_training<Data, Target&&>>>
  Status read_for_training(const TrainingSample& which, float* sample, Target&& target) const {
    const Status status = data_->read_for_training(which, sample, target);
    if (status.ok()) standardization_->apply(sample);
    return status;
  }

 private:
  const Data* data_;
  const ColumnStandardization<Sample::size>* standardization_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
