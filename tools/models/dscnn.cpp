#include "dscnn.hpp"

#include "generated_task.hpp"
#include "reference_model_of.hpp"
#include "spoken_words.hpp"

namespace mica::models {

const ReferenceModel& dscnn() {
  static const GeneratedTask<SpokenWords> task;
  static const ReferenceModelOf<Dscnn> model(task);
  return model;
}

}  // namespace mica::models
