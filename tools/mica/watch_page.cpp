#include "watch_page.hpp"

#include "../labs/drawing.hpp"
#include "../labs/page.hpp"
#include "../models/refusal.hpp"
#include "format.hpp"

namespace mica::command {
namespace {

constexpr std::chrono::milliseconds often{2000};
constexpr int refresh = 2;

labs::LinePlot over_epochs(const char* id, const char* title, const char* y, labs::Scale scale) {
  return {id, {title, title}, {"epoch", "epoch"}, {y, y}, labs::Scale::linear, scale};
}

// One curve per layer that has such a number.
void add(labs::LinePlot& plot, std::size_t layer, const std::string& name, double epochs, float value) {
  if (value == 0) return;
  const std::string numbered = std::to_string(layer + 1) + " " + name;
  for (labs::Series& series : plot.series) {
    if (series.name.english == numbered) return series.add(epochs, static_cast<double>(value));
  }
  plot.add({numbered, numbered}).add(epochs, static_cast<double>(value));
}

std::string time_text(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  return whole < 60 ? std::to_string(whole) + " s"
                    : std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

}  // namespace

WatchPage::WatchPage(std::string folder)
    : folder_(std::move(folder)),
      loss_(over_epochs("loss", "Training loss, the mean of the epoch so far", "loss", labs::Scale::logarithmic)),
      accuracy_(over_epochs("accuracy", "Accuracy", "accuracy, %", labs::Scale::linear)),
      rate_(over_epochs("rate", "Learning rate", "learning rate", labs::Scale::linear)),
      activation_(
          over_epochs("activation", "Norm of each layer's outputs, per sample", "norm", labs::Scale::logarithmic)),
      gradient_(
          over_epochs("gradient", "Norm of the gradient of each layer's weights", "norm", labs::Scale::logarithmic)),
      weight_(over_epochs("weight", "Norm of each layer's weights", "norm", labs::Scale::logarithmic)),
      change_(over_epochs("change", "Change of each layer's weights since this run began", "norm",
                          labs::Scale::logarithmic)) {
  if (!folder_.empty()) labs::make_folder(folder_);
}

void WatchPage::show(const Progress& progress, const models::ReferenceModel& model, models::Network& network,
                     const models::Samples& samples, double seconds) {
  if (folder_.empty()) return;
  const double done = progress.epoch - 1 + static_cast<double>(progress.samples_done) / std::max(1, progress.samples);
  if (first_ < 0) {
    const models::ModelFacts facts = model.facts();
    title_ = std::string("Training ") + facts.name;
    classifies_ = facts.goal == models::Goal::classification;
    first_ = progress.epoch - 1;
  } else if (!progress.epoch_ended && Clock::now() - last_written_ < often) {
    return;
  }
  const auto number = [](float x) { return static_cast<double>(x); };
  const auto curve = [&](labs::LinePlot& plot, std::size_t which, const char* name, double value) {
    while (plot.series.size() <= which) plot.add({name, name});
    plot.series[which].add(done, value);
  };
  curve(loss_, 0, "training", number(progress.training.loss));
  curve(accuracy_, 0, "training", 100 * number(progress.training.accuracy));
  if (progress.epoch_ended && progress.validation.loss != 0) {
    curve(loss_, 1, "validation", number(progress.validation.loss));
    curve(accuracy_, 1, "validation", 100 * number(progress.validation.accuracy));
  }
  curve(rate_, 0, "learning rate", number(progress.learning_rate));
  look(done, network, samples);
  const double left = done > first_ ? seconds * (progress.epochs - done) / (done - first_) : 0;
  state_ = "Epoch " + std::to_string(progress.epoch) + " of " + std::to_string(progress.epochs) + ", " +
           labs::number(100 * static_cast<double>(progress.samples_done) / std::max(1, progress.samples)) +
           " % of it; loss " + labs::number(number(progress.training.loss)) +
           (classifies_ ? ", accuracy " + labs::number(100 * number(progress.training.accuracy)) + " %" : "") + "; " +
           time_text(seconds) + " so far, about " + time_text(left) + " left.";
  write(true);
  last_written_ = Clock::now();
}

void WatchPage::look(double epochs, models::Network& network, const models::Samples& samples) {
  models::check(network.look(samples, last_look_));
  for (std::size_t i = 0; i < last_look_.layers.size(); ++i) {
    const models::LayerLook& layer = last_look_.layers[i];
    if (layer.weight != 0) add(activation_, i, layer.name, epochs, layer.activation);
    add(gradient_, i, layer.name, epochs, layer.gradient);
    add(weight_, i, layer.name, epochs, layer.weight);
    add(change_, i, layer.name, epochs, layer.change);
  }
}

void WatchPage::finish() {
  if (!folder_.empty()) write(false);
}

void WatchPage::write(bool running) const {
  const labs::Language language = labs::Language::english;
  const bool healthy = last_look_.diagnosis.compare(0, 10, "No trouble") == 0;
  std::string body = "<p class=\"question\">" + labs::escaped(running ? state_ : "Done. " + state_) + "</p>\n";
  std::string rest = last_look_.diagnosis;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    body += std::string("<p class=\"") + (healthy ? "finding" : "trouble") + "\">" +
            labs::escaped(rest.substr(0, end)) + "</p>\n";
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
  }
  for (const labs::LinePlot* plot : {&loss_, &accuracy_, &rate_, &gradient_, &activation_, &weight_, &change_}) {
    if (plot->series.empty() || (plot == &accuracy_ && !classifies_)) continue;
    body += "<figure id=\"" + plot->id + "\">\n<figcaption>" + plot->title.english + "</figcaption>\n" +
            svg(*plot, language) + "</figure>\n";
    labs::write_file(folder_ + "/" + plot->id + ".csv", csv(*plot));
  }
  labs::write_file(folder_ + "/index.html", labs::page(title_, body, language, running ? refresh : 0));
}

}  // namespace mica::command
