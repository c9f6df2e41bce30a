#pragma once

#include <type_traits>

#include <mica/schedule.hpp>

namespace mica::models {

// The schedule of a reference model that is trained on so many samples. Where it states `halve_every`, its learning rate
// is halved after every so many epochs; it does not depend on how many epochs there are, so that training resumes alike.
template <class Reference, class = void>
struct RateSchedule {
  static Schedule over(int) { return Schedule::constant(); }
};
template <class Reference>
struct RateSchedule<Reference, std::void_t<decltype(Reference::halve_every)>> {
  static Schedule over(int samples) {
    const int steps_per_epoch = (samples + Reference::batch - 1) / Reference::batch;
    return Schedule::step(Reference::halve_every * steps_per_epoch, 0.5f);
  }
};

}  // namespace mica::models
