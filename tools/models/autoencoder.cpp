#include "autoencoder.hpp"

#include "generated_task.hpp"
#include "machine_sound.hpp"
#include "reference_model_of.hpp"

namespace mica::models {

const ReferenceModel& autoencoder() {
  static const GeneratedTask<MachineSound> task;
  static const ReferenceModelOf<Autoencoder> model(task);
  return model;
}

}  // namespace mica::models
