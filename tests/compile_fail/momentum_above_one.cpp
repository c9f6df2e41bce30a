// expect: mica::Exponential: the weight of the new value must be above 0 and at most 1
#include <mica/layers/batch_norm.hpp>

constexpr bool frozen = mica::Exponential<3, 2>::frozen;
