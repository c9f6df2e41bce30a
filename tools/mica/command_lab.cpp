#include <cstdio>

#include "../labs/registry.hpp"
#include "../models/refusal.hpp"
#include "arguments.hpp"
#include "closest.hpp"
#include "commands.hpp"

namespace mica::command {
namespace {

labs::Language language_named(const std::string& name) {
  if (name == "en") return labs::Language::english;
  if (name == "vi") return labs::Language::vietnamese;
  models::refuse("--lang takes en (English) or vi (Vietnamese), not \"" + name + "\".");
}

std::vector<const labs::Lab*> labs_named(const std::string& name) {
  std::vector<const labs::Lab*> chosen;
  std::vector<std::string> names;
  for (const labs::Lab* lab : labs::all_labs()) {
    if (name == "all" || name == lab->name) chosen.push_back(lab);
    names.push_back(lab->name);
  }
  if (!chosen.empty()) return chosen;
  const std::string meant = closest(name, names);
  models::refuse("There is no lab \"" + name + "\"" + (meant.empty() ? "" : " (did you mean " + meant + "?)") +
                 "; mica lab list names them.");
}

int list(labs::Language language) {
  for (const labs::Lab* lab : labs::all_labs()) {
    std::printf("%-22s %s\n", lab->name, lab->question.in(language).c_str());
  }
  return 0;
}

}  // namespace

int lab(int count, char** words) {
  std::string action, name, language = "en";
  labs::Settings settings;
  settings.out = "labs";
  Arguments arguments("lab", "list | run NAME | run all [OPTIONS]",
                      "Runs an experiment of the course and writes a page with its plots and findings.");
  arguments.operand("list|run", true, action);
  arguments.operand("NAME", false, name);
  arguments.text("--data", "DIR", "the folder of MNIST's raw IDX files (default: generated digits)", settings.data);
  arguments.text("--out", "DIR", "where the pages and CSV files go (default: labs)", settings.out);
  arguments.text("--lang", "en|vi", "English or Vietnamese (default: en)", language);
  arguments.integer("--seed", "N", "of weights, samples and noise (default: 1)", 1, 0x7fffffff, settings.seed);
  arguments.flag("--quick", "smaller: seconds in place of minutes", settings.quick);
  if (!arguments.parse(count, words)) return 0;
  settings.language = language_named(language);
  if (labs::all_labs().empty()) {
    models::refuse(
        "This mica was built without its labs; in Mica's folder, cmake --preset native and cmake --build build/native "
        "--target mica_command build one that has them.");
  }
  if (action == "list") {
    if (!name.empty()) models::refuse("mica lab list takes nothing after it, but " + name + " follows.");
    return list(settings.language);
  }
  if (action != "run") models::refuse("mica lab takes list or run, not \"" + action + "\".");
  if (name.empty()) models::refuse("mica lab run needs the name of a lab, or all; mica lab list names them.");
  return labs::run_labs(labs_named(name), settings) == 0 ? 0 : 1;
}

}  // namespace mica::command
