#pragma once

#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

#include <mica/data/augmentation.hpp>
#include <mica/data/dataset.hpp>
#include <mica/data/mixup.hpp>
#include <mica/namespace.hpp>
#include <mica/slot.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Augmented: a dataset whose samples are changed at random while they are trained on, in other ways in every epoch:
//   const mica::Augmented varied(digits, mica::Shift{2}, mica::Rotate{15}, mica::Noise{0.1f}, mica::Mixup{0.2f});
//   fit.run(model, trainer, varied, callback);
// The order is that of the list: what moves the image first, then what changes numbers, and Mixup last. All movements
// together are one bilinear resampling. read() gives the samples as they are: Fit validates on those, and so does an
// Evaluator. Augmentation i of the list draws from fork(i) of the sample's generator (see TrainingSample), so that a
// draw depends on seed, epoch and sample, and on nothing else. Outside the image is what the dataset calls black(),
// else 0; fill_with() sets it.
// Shape: that of the data; movements and Cutout need an image.
// Memory: the settings and 4 bytes per channel; with movements one sample, with Mixup another one, and a target if
// targets are numbers. Because of these buffers, two threads must not read from one Augmented.
// Errors: those of the data; labels out of range. A list in another order does not compile.
template <class Data, class... Augmentations>
class Augmented {
  enum Kind : int { moving, changing, mixing };
  template <class T>
  static constexpr Kind kind() {
    if (moves_image<T>) return moving;
    return mixes_samples<T> ? mixing : changing;
  }
  static constexpr bool in_order() {
    const Kind kinds[] = {kind<Augmentations>()..., mixing};
    for (unsigned i = 0; i + 1 < sizeof...(Augmentations); ++i) {
      if (kinds[i] > kinds[i + 1] || kinds[i] == mixing) return false;
    }
    return true;
  }

 public:
  using Sample = typename Data::Sample;

 private:
  static constexpr bool moves = (moves_image<Augmentations> || ...);
  static constexpr bool mixes = (mixes_samples<Augmentations> || ...);
  static constexpr bool labels = is_dataset<Data, std::uint8_t&>;
  static constexpr bool numbers = is_dataset<Data, float*>;
  static constexpr int channels = is_image<Sample> ? Sample::extent(2) : 1;
  // Which targets training reads: mixed ones are always numbers.
  template <class Target>
  static constexpr bool trains_on = mixes ? std::is_convertible_v<Target, float*> : is_dataset<Data, Target>;

  static_assert(is_image<Sample> || !(needs_image<Augmentations> || ...),
                "mica::Augmented: to shift, rotate, scale, flip or cut out, the samples must be images: Shape<height, "
                "width, channels> or Shape<height, width>.");
  static_assert(
      in_order(),
      "mica::Augmented: first what moves the image (Shift, Rotate, Scale, flips), which is one resampling, then "
      "what changes numbers (Noise, Cutout), and at the end at most one Mixup.");
  static_assert(
      !mixes || (labels && !numbers) || target_size<Data> > 0,
      "mica::Mixup: a dataset whose targets are numbers must say how many: static constexpr int targets = ...");
  static_assert(!reads_for_training<Data, std::uint8_t&> && !reads_for_training<Data, float*>,
                "mica::Augmented: the data are augmented already; put everything into one list.");

 public:
  // How many numbers a target has, where the data say it.
  static constexpr int targets = target_size<Data>;

  // The data must outlive this.
  constexpr explicit Augmented(const Data& data, Augmentations... list) : data_(&data), list_(list...), fill_{} {
    if constexpr (knows_black<Data>) fill_with(data.black());
  }
  Augmented(const Data&&, Augmentations...) = delete;

  // What is outside the image: one number, or one for each channel.
  constexpr void fill_with(float value) {
    for (float& fill : fill_) fill = value;
  }
  constexpr void fill_with(const float (&values)[channels]) {
    for (int c = 0; c < channels; ++c) fill_[c] = values[c];
  }

  int size() const { return data_->size(); }

  template <class Target, class = std::enable_if_t<is_dataset<Data, Target&&>>>
  Status read(int index, float* sample, Target&& target) const {
    return data_->read(index, sample, target);
  }
  template <class Target, class = std::enable_if_t<trains_on<Target&&>>>
  Status read_for_training(const TrainingSample& which, float* sample, Target&& target) const {
    if constexpr (!mixes) {
      return read_changed(which.index, which.random, sample, target);
    } else if constexpr (labels && !numbers) {
      return mix_classes(which, sample, target);
    } else {
      Status status = read_changed(which.index, which.random, sample, target);
      if (status.ok()) status = read_changed(which.partner, which.random.fork(of_partner), other_.data(), partner());
      if (!status.ok()) return status;
      const float share = share_of(which);
      mix(Sample::size, share, other_.data(), sample);
      mix(targets, share, partner(), target);
      return {};
    }
  }

 private:
  static constexpr std::uint32_t of_partner = 0x80000000;

  // Calls f(augmentation, its generator) for each.
  template <class Function, std::size_t... i>
  void each(Random random, Function f, std::index_sequence<i...>) const {
    (f(std::get<i>(list_), random.fork(static_cast<std::uint32_t>(i))), ...);
  }
  template <class Function>
  void each(Random random, Function f) const {
    each(random, f, std::index_sequence_for<Augmentations...>());
  }

  // A sample after everything but Mixup.
  template <class Target>
  Status read_changed(int index, Random random, float* sample, Target&& target) const {
    float* const original = moves ? original_.data() : sample;
    const Status status = data_->read(index, original, target);
    if (!status.ok()) return status;
    const ImageView image = view_image<Sample>(sample);
    if constexpr (moves) {
      AffineMap map;
      each(random, [&map](const auto& item, Random own) {
        if constexpr (kind<std::decay_t<decltype(item)>>() == moving) item.move(map, own);
      });
      resample(map, fill_, original, image);
    }
    each(random, [image](const auto& item, Random own) {
      if constexpr (kind<std::decay_t<decltype(item)>>() == changing) item.change(image, own);
    });
    return status;
  }

  // Two samples, and what is the share of each class.
  Status mix_classes(const TrainingSample& which, float* sample, float* target) const {
    std::uint8_t a = 0, b = 0;
    Status status = read_changed(which.index, which.random, sample, a);
    if (status.ok()) status = check_label(which.index, a, which.targets);
    if (status.ok()) status = read_changed(which.partner, which.random.fork(of_partner), other_.data(), b);
    if (status.ok()) status = check_label(which.partner, b, which.targets);
    if (!status.ok()) return status;
    const float share = share_of(which);
    mix(Sample::size, share, other_.data(), sample);
    for (int c = 0; c < which.targets; ++c) target[c] = 0;
    target[a] = share;
    target[b] = target[b] + (1 - share);
    return status;
  }
  float share_of(const TrainingSample& which) const {
    float share = 1;
    each(which.random, [&share](const auto& item, Random own) {
      if constexpr (kind<std::decay_t<decltype(item)>>() == mixing) share = item.share(own);
    });
    return share;
  }
  float* partner() const { return partner_.data(); }

  const Data* data_;
  std::tuple<Augmentations...> list_;
  float fill_[channels];
  mutable Values<float, moves ? Sample::size : 0> original_{};
  mutable Values<float, mixes ? Sample::size : 0> other_{};
  mutable Values<float, mixes && !(labels && !numbers) ? targets : 0> partner_{};
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
