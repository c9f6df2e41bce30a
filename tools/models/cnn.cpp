#include "cnn.hpp"

#include "digits.hpp"
#include "reference_model_of.hpp"

namespace mica::models {

const ReferenceModel& cnn() {
  static const ReferenceModelOf<Cnn> model(digits28());
  return model;
}

}  // namespace mica::models
