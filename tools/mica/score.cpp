#include "score.hpp"

#include "format.hpp"

namespace mica::command {

using models::Goal;

const char* score_name(Goal goal) { return goal == Goal::classification ? "test accuracy" : "test AUC"; }

const char* score_member(Goal goal) { return goal == Goal::classification ? "test_accuracy" : "test_auc"; }

std::string score_text(Goal goal, float score) {
  return goal == Goal::classification ? percent(score) : fixed(score, 4);
}

}  // namespace mica::command
