#include "gru.hpp"

#include "body_motion.hpp"
#include "generated_task.hpp"
#include "reference_model_of.hpp"

namespace mica::models {

const ReferenceModel& gru() {
  static const GeneratedTask<BodyMotion> task;
  static const ReferenceModelOf<Gru> model(task);
  return model;
}

}  // namespace mica::models
