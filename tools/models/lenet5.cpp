#include "lenet5.hpp"

#include "digits.hpp"
#include "reference_model_of.hpp"

namespace mica::models {

const ReferenceModel& lenet5() {
  static const ReferenceModelOf<Lenet5> model(digits28());
  return model;
}

}  // namespace mica::models
