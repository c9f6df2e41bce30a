#pragma once

#include <chrono>
#include <string>

#include <mica/fit.hpp>

#include "../labs/plots.hpp"
#include "../models/reference_model.hpp"

namespace mica::command {

// WatchPage: a page DIR/index.html that shows a training run: loss, accuracy, learning rate, each layer's norms, time
// left, and what is wrong. It is renewed every two seconds and loads itself again while the run lasts.
class WatchPage {
 public:
  // No page if the folder is empty.
  explicit WatchPage(std::string folder);

  void show(const Progress& progress, const models::ReferenceModel& model, models::Network& network,
            const models::Samples& samples, double seconds);
  void finish();

 private:
  using Clock = std::chrono::steady_clock;

  void look(double epochs, models::Network& network, const models::Samples& samples);
  void write(bool running) const;

  std::string folder_, title_, state_;
  bool classifies_ = true;
  labs::LinePlot loss_, accuracy_, rate_, activation_, gradient_, weight_, change_;
  models::NetworkLook last_look_;
  Clock::time_point last_written_{};
  double first_ = -1;  // epochs done when the page began
};

}  // namespace mica::command
