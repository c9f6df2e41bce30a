#include "resnet8.hpp"

#include "generated_task.hpp"
#include "reference_model_of.hpp"
#include "textured_shapes.hpp"

namespace mica::models {

const ReferenceModel& resnet8() {
  static const GeneratedTask<TexturedShapes> task;
  static const ReferenceModelOf<Resnet8> model(task);
  return model;
}

}  // namespace mica::models
