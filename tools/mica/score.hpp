// How well a model does, as people and programs read it.
#pragma once

#include <string>

#include "../models/goal.hpp"

namespace mica::command {

const char* score_name(models::Goal goal);    // "test accuracy"
const char* score_member(models::Goal goal);  // of a JSON object: "test_accuracy"
std::string score_text(models::Goal goal, float score);

}  // namespace mica::command
