// The smallest network that learns something: exclusive or, trained on the board.
// To change: the layers in Net, the learning rate, and the four samples.
#include <Mica.h>

using Net = mica::Sequential<mica::Input<2>, mica::Dense<8>, mica::Tanh, mica::Dense<1>>;

static mica::Model<Net> model;
static mica::Trainer<Net, mica::MeanSquaredError, mica::SGDMomentum, 4> trainer;
static mica::Predictor<Net> predict;

static const float inputs[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
static const float targets[4][1] = {{0}, {1}, {1}, {0}};

void setup() {
  Serial.begin(115200);
  model.initialize(/*seed*/ 1);
  trainer.optimizer.learning_rate = 0.05f;
  for (int step = 1; step <= 1000; step++) {
    const float loss = trainer.step(model, {inputs[0], 4}, {targets[0], 4});
    if (step % 200 == 0) {
      Serial.print("loss ");
      Serial.println(loss, 6);
    }
  }
}

void loop() {
  for (int i = 0; i < 4; i++) {
    float output[1];
    predict(model, {inputs[i], 1}, {output, 1});
    Serial.print(inputs[i][0], 0);
    Serial.print(" xor ");
    Serial.print(inputs[i][1], 0);
    Serial.print(" = ");
    Serial.println(output[0], 3);
  }
  delay(5000);
}
