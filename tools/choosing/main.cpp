// choosing: the experiments behind docs/choosing.md.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "experiment.hpp"

namespace {

using namespace mica::choosing;

constexpr struct {
  const char* name;
  const char* question;
  void (*run)(Context&);
} experiments[] = {
    {"initializers", "Which initializer, for which activation and depth?", initializers},
    {"activations", "Which activation?", activations},
    {"deep", "What makes deep networks learn: a norm, or a way around?", deep},
    {"normalization", "Which norm, at which batch size?", normalization},
    {"device", "Which norm, if a device trains on with one sample at a time?", device},
    {"tuning", "Last layer or whole network, when the data have changed?", tuning},
    {"dropout", "Does dropout help, and next to BatchNorm?", dropout},
    {"little_data", "What helps with a thousand samples?", little_data},
    {"optimizers", "Which optimizer, at which rate, and what does it cost?", optimizers},
    {"batches", "Which batch size?", batches},
    {"schedules", "Does a schedule of the learning rate pay?", schedules},
    {"averaging", "Does averaging the weights pay?", averaging},
    {"losses", "Which loss for numbers, with outliers?", losses},
    {"noisy_labels", "What helps against wrong labels?", noisy_labels},
    {"class_weights", "What helps if some classes are rare?", class_weights},
    {"sequences", "Which layer for sequences?", sequences},
    {"clipping", "Does clipping keep recurrent networks from exploding?", clipping},
};

constexpr const char* usage =
    "Usage: choosing list\n"
    "       choosing run NAME|all [--data DIR]\n"
    "       choosing write PAGE [--data DIR]    # renews the tables of docs/choosing.md\n"
    "DIR holds the four files of MNIST; the default is $MICA_DATA. Without either, digits are drawn.\n";

std::string run(const std::string& name, const std::string& folder) {
  std::ostringstream out;
  Context context{Source(folder), out};
  for (const auto& experiment : experiments) {
    if (name != experiment.name) continue;
    const auto start = std::chrono::steady_clock::now();
    experiment.run(context);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    std::fprintf(stderr, "%s: %.1f s\n", experiment.name, time.count());
    return out.str();
  }
  std::fprintf(stderr, "There is no experiment \"%s\"; `choosing list` names them.\n", name.c_str());
  std::exit(2);
}

// Puts the output of each experiment between the two comments that name it and its end.
void write(const std::string& path, const std::string& folder) {
  std::ifstream page(path);
  if (!page) std::fprintf(stderr, "%s cannot be read.\n", path.c_str()), std::exit(1);
  const std::string begin = "<!-- choosing run ", end = "<!-- end -->";
  std::string text, line;
  bool inside = false;
  while (std::getline(page, line)) {
    if (line == end) inside = false;
    if (!inside) text += line + "\n";
    if (line.compare(0, begin.size(), begin) == 0) {
      const std::string name = line.substr(begin.size(), line.find(' ', begin.size()) - begin.size());
      text += run(name, folder);
      inside = true;
    }
  }
  std::ofstream(path) << text;
}

}  // namespace

int main(int count, char** arguments) {
  const char* const variable = std::getenv("MICA_DATA");
  std::string folder = variable != nullptr ? variable : "";
  if (count >= 2 && std::strcmp(arguments[count - 2], "--data") == 0) {
    folder = arguments[count - 1];
    count -= 2;
  }
  const std::string command = count > 1 ? arguments[1] : "", name = count > 2 ? arguments[2] : "";
  if (command == "list" && count == 2) {
    for (const auto& experiment : experiments) std::printf("%-14s %s\n", experiment.name, experiment.question);
    return 0;
  }
  if (count != 3 || (command != "run" && command != "write")) return std::fputs(usage, stderr), 2;
  if (command == "write") {
    write(name, folder);
    return 0;
  }
  for (const auto& experiment : experiments) {
    if (name == "all")
      std::cout << "## " << experiment.question << "\n\n" << run(experiment.name, folder) << std::flush;
  }
  if (name != "all") std::cout << run(name, folder);
}
