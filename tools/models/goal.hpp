#pragma once

#include <type_traits>

#include <mica/losses/loss.hpp>

namespace mica::models {

// Goal: what a reference model is for, and with that how well it does:
//   classification     one output per class; the share of samples whose class has the largest one (accuracy)
//   anomaly_detection  the outputs are to equal the sample, which works for normal ones; the probability that an
//                      anomalous sample has a larger error than a normal one (area under the ROC curve, AUC)
enum class Goal { classification, anomaly_detection };

template <class Net, class Loss>
constexpr Goal goal_of =
    std::is_same_v<typename Loss::template On<typename Net::Output, float>::Target, Labels> ? Goal::classification
                                                                                            : Goal::anomaly_detection;

}  // namespace mica::models
