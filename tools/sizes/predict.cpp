// Firmware that runs one reference model with weights that stay in flash (tools/size_report).
#include "program.hpp"

extern const mica::Model<Net> model;
const mica::Model<Net> model{};
static mica::Predictor<Net> predict;

int main() {
  MICA_PREDICT(sizeof predict + sizeof input + sizeof output);
  predict(model, {input, 1}, {output, 1});
  return 0;
}
