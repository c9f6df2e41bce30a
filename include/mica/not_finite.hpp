#pragma once

#include <mica/chain_plan.hpp>
#include <mica/kernels/finite.hpp>
#include <mica/model.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// What a Trainer does about NaN and infinity in its input, its loss or its gradient: its last template argument.
//   IgnoreNotFinite   nothing, and nothing is spent on it
//   SkipNotFinite     goes on as if the batch had not been there; the trainer counts such batches
//   StopAtNotFinite   Fit ends and returns what was found
// Both others leave parameters and running statistics as they were before the batch. A gradient is looked at before its
// update, except with FusedUpdate, which has no gradient as a whole.
struct IgnoreNotFinite {
  static constexpr bool looks = false, stops = false;
};
struct SkipNotFinite {
  static constexpr bool looks = true, stops = false;
};
struct StopAtNotFinite {
  static constexpr bool looks = true, stops = true;
};

// Writes layer i of a network, counted from 0, as the user wrote it.
template <class Net>
struct LayerNames;
template <class First, class... Layers>
struct LayerNames<Sequential<First, Layers...>> {
  template <class Writer>
  static void write(int wanted, Writer& writer) {
    int i = 0;
    ((i++ == wanted ? Layers::describe(writer) : void()), ...);
  }
};

// NotFiniteWatch: looks for NaN and infinity and remembers what was found last, for status() to say.
// Memory: 40 bytes and a copy of the running statistics; none if it does not look.
template <class Net, class Check, bool looks = Check::looks>
class NotFiniteWatch {
 public:
  static constexpr bool refused() { return false; }
  static constexpr long skipped() { return 0; }
  Status status() const { return {}; }
};

template <class Net, class Check>
class NotFiniteWatch<Net, Check, true> {
 public:
  // Whether the last step or update was refused, how many were so far, and why: steps and layers are counted from 1,
  // samples and numbers from 0.
  bool refused() const { return place_ != Place::nowhere; }
  long skipped() const { return skipped_; }
  Status status() const {
    if (!refused()) return {};
    Status::Message text;
    text << "Step " << step_ << ": ";
    switch (place_) {
      case Place::nowhere:
        break;
      case Place::input:
        text << "in the input, number " << number_ << " of sample " << group_ << " of the batch is NaN or infinite.";
        break;
      case Place::parameters:
        layer_name(text << "the loss is not finite; parameter " << number_ << " is NaN or infinite in ") << ".";
        break;
      case Place::output:
        layer_name(text << "the loss is not finite; the first output that is NaN or infinite is that of ") << ".";
        break;
      case Place::loss:
        text << "the loss is NaN or infinite, but no output is: the target may hold NaN, or the loss is too large.";
        break;
      case Place::gradient:
        layer_name(text << "the gradient of ") << " is NaN or infinite.";
        break;
    }
    return Status::error(text);
  }

 protected:
  void start_watch(const Model<Net>& model) {
    place_ = Place::nowhere;
    kept_is_new_ = true;
    copy(model.statistics(), kept_.data());
  }
  // The running statistics from before the last pass, if there was one since the last update.
  void restore(Model<Net>& model) {
    if (kept_is_new_) copy(kept_.data(), model.statistics());
  }
  void finish() { kept_is_new_ = false; }

  bool find_in_input(int samples, const float* x, long step) {
    const int at = kernels::first_not_finite(samples * Net::Input::size, x);
    if (at == samples * Net::Input::size) return false;
    return found(Place::input, at / Net::Input::size, at % Net::Input::size, step);
  }

  // Once the loss is not finite: watches another pass, and looks at each layer's parameters and then at its output.
  struct Search {
    NotFiniteWatch& watch;
    const float* parameters;
    long step;
    bool done = false;

    template <int i, class Outputs>
    void after_layer(Outputs y) {
      if (done) return;
      constexpr int count = Net::Bound::Plan::properties[i].parameters;
      const int at = kernels::first_not_finite(count, parameters);
      if (at < count) {
        done = watch.found(Place::parameters, i, at, step);
      } else if (kernels::first_not_finite(y.count(), y.data) < y.count()) {
        done = watch.found(Place::output, i, 0, step);
      }
      parameters += count;
    }
  };
  void loss_not_finite(const Search& search) {
    if (!search.done) found(Place::loss, 0, 0, search.step);
  }

  bool find_in_gradient(const float* gradient, long step) {
    const int at = kernels::first_not_finite(Net::parameters, gradient);
    if (at == Net::parameters) return false;
    int layer = 0;
    for (int before = at; before >= Net::Bound::Plan::properties[layer].parameters; ++layer) {
      before -= Net::Bound::Plan::properties[layer].parameters;
    }
    return found(Place::gradient, layer, 0, step);
  }

 private:
  enum class Place : int { nowhere, input, parameters, output, loss, gradient };

  static void copy(const float* from, float* to) {
    for (int i = 0; i < Net::statistics; ++i) to[i] = from[i];
  }
  bool found(Place place, int group, int number, long step) {
    place_ = place;
    group_ = group;
    number_ = number;
    step_ = step;
    ++skipped_;
    return true;
  }
  Status::Message& layer_name(Status::Message& text) const {
    text << "layer " << group_ + 1 << ", ";
    LayerNames<Net>::write(group_, text);
    return text;
  }

  Place place_ = Place::nowhere;
  int group_ = 0, number_ = 0;  // the sample or layer
  long step_ = 0, skipped_ = 0;
  bool kept_is_new_ = false;
  Values<float, Net::statistics> kept_;
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
