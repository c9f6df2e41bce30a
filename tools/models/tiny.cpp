#include "tiny.hpp"

#include "digits.hpp"
#include "reference_model_of.hpp"

namespace mica::models {

const ReferenceModel& tiny() {
  static const ReferenceModelOf<Tiny> model(digits8());
  return model;
}

}  // namespace mica::models
