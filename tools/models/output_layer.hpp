#pragma once

#include <mica/mica.hpp>

namespace mica::models {

// The layer that gives a classifier's scores. No activation follows it that could tell Auto what to choose.
template <int classes>
using OutputLayer = Dense<classes, KaimingNormal<>>;

}  // namespace mica::models
