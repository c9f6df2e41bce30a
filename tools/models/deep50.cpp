#include "deep50.hpp"

#include "digits.hpp"
#include "reference_model_of.hpp"

namespace mica::models {

const ReferenceModel& deep50() {
  static const ReferenceModelOf<Deep50> model(digits28());
  return model;
}

}  // namespace mica::models
