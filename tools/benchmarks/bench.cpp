// Measures the machine, the kernels and whole models, and where asked a peer beside them. Each line is one JSON object.
// usage: bench [--only kernels|models] [--rounds N] [--samples FILE] [--peer NAME=PROGRAM]...
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

#include "elementwise.hpp"
#include "machine.hpp"
#include "products.hpp"
#include "tools/models/networks.hpp"
#include "training_loop.hpp"

namespace benchmarks {
namespace {

struct Peer {
  std::string name, program;
};

// A model of dense layers, trained by Mica and by a peer on the same samples in turns.
struct Contest {
  const char* model;
  int batch;
  const char* widths;
  double (*train)(const Samples&, int epochs);
};

template <class Net, int batch>
double train(const Samples& data, int epochs) {
  const auto model = std::make_unique<mica::Model<Net>>();
  const auto trainer = std::make_unique<mica::Trainer<Net, mica::SoftmaxCrossEntropy, mica::SGDMomentum, batch>>();
  model->initialize(1);
  return training_rate(data, batch, epochs, [&](const float* x, const std::uint8_t* labels, int size) {
    trainer->step(*model, {x, size}, {labels, size});
  });
}

std::string deep50_widths() {
  std::string widths = "784";
  for (int i = 0; i < 49; ++i) widths += " 100";
  return widths + " 10";
}

double run_peer(const Peer& peer, const char* samples, const Contest& contest, int epochs) {
  const std::string command = peer.program + " " + samples + " " + std::to_string(contest.batch) + " " +
                              std::to_string(epochs) + " " + contest.widths;
  std::FILE* pipe = popen(command.c_str(), "r");
  double rate = 0;
  if (pipe == nullptr || std::fscanf(pipe, "%lf", &rate) != 1) rate = 0;
  if (pipe != nullptr) pclose(pipe);
  return rate;
}

void hold_contest(const Contest& contest, const Samples& data, const char* file, int epochs, int rounds,
                  const std::vector<Peer>& peers) {
  std::vector<double> own;
  std::vector<std::vector<double>> theirs(peers.size());
  for (int round = 0; round < rounds; ++round) {
    own.push_back(contest.train(data, epochs));
    for (std::size_t i = 0; i < peers.size(); ++i) theirs[i].push_back(run_peer(peers[i], file, contest, epochs));
  }
  const Rate mica = summary(own);
  std::printf(
      "{\"training\":\"%s\",\"port\":\"%s\",\"batch\":%d,\"samples_per_second\":%.0f,\"samples_per_second_median\":%."
      "0f",
      contest.model, mica::ports::Native::name, contest.batch, mica.best, mica.median);
  for (std::size_t i = 0; i < peers.size(); ++i) {
    const Rate rate = summary(theirs[i]);
    std::printf(",\"%s\":%.0f,\"%s_median\":%.0f,\"ratio_to_%s\":%.2f,\"ratio_to_%s_median\":%.2f",
                peers[i].name.c_str(), rate.best, peers[i].name.c_str(), rate.median, peers[i].name.c_str(),
                mica.best / rate.best, peers[i].name.c_str(), mica.median / rate.median);
  }
  std::printf("}\n");
  std::fflush(stdout);
}

Samples draw_samples(int count) {
  using Digits = mica::SyntheticDigits<mica::Shape<28, 28, 1>>;
  const Digits digits = Digits::training(count, 42);
  Samples data;
  data.count = count;
  data.numbers = 784;
  data.values.resize(static_cast<std::size_t>(count) * 784);
  data.labels.resize(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (!digits.read(i, data.values.data() + at * 784, data.labels[at]).ok()) return {};
  }
  return data;
}

}  // namespace
}  // namespace benchmarks

int main(int argc, char** argv) {
  using namespace benchmarks;
  int rounds = 5;
  std::vector<Peer> peers;
  std::string samples_path = "bench_samples.bin", only;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i], value = argv[i + 1];
    if (option == "--rounds") rounds = std::atoi(value.c_str());
    if (option == "--samples") samples_path = value;
    if (option == "--only") only = value;
    const std::size_t equals = value.find('=');
    if (option == "--peer" && equals != std::string::npos) {
      peers.push_back({value.substr(0, equals), value.substr(equals + 1)});
    }
  }
  if (only != "models") {
    const Machine machine = measure_machine<mica::ports::Native>();
    std::printf("{\"machine\":\"fma_peak\",\"port\":\"%s\",\"gflops\":%.1f}\n", mica::ports::Native::name,
                machine.peak / 1e9);
    for (const Level& level : machine.levels) {
      std::printf(
          "{\"machine\":\"%s\",\"port\":\"%s\",\"read_gbytes_per_second\":%.1f,"
          "\"update_gbytes_per_second\":%.1f}\n",
          level.name, mica::ports::Native::name, level.read / 1e9, level.update / 1e9);
    }
    measure_products(machine);
    measure_elementwise(machine);
    if (only == "kernels") return 0;
  }

  const Samples data = draw_samples(10000);
  if (!write_samples(samples_path.c_str(), data)) {
    std::fprintf(stderr, "bench: cannot write the samples to %s.\n", samples_path.c_str());
    return 2;
  }
  const std::string deep = deep50_widths();
  const Contest contests[] = {
      {"mlp", 32, "784 128 10", train<mica::models::Mlp::Net, 32>},
      {"mlp", 128, "784 128 10", train<mica::models::Mlp::Net, 128>},
      {"deep50", 100, deep.c_str(), train<mica::models::Deep50::Net, 100>},
  };
  for (const Contest& contest : contests) {
    hold_contest(contest, data, samples_path.c_str(), contest.batch > 32 ? 3 : 5, rounds, peers);
  }
  std::remove(samples_path.c_str());
}
