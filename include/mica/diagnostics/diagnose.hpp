#pragma once

#include <mica/diagnostics/diagnostics.hpp>
#include <mica/diagnostics/sentence_writer.hpp>
#include <mica/namespace.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// Diagnosis: how many troubles were found, and how many sentences did not fit into the buffer. Memory: 8 bytes.
struct Diagnosis {
  int troubles = 0;
  int left_out = 0;
  bool healthy() const { return troubles == 0; }
};

Diagnosis diagnose(const NetworkReport& report, char* text, int capacity);

// Says in sentences, one to a line, what is wrong with a network that Diagnostics has watched: NaN and infinity, signals
// and gradients that vanish or explode, dead and saturated units, units that are all alike, layers that do not learn.
// Where the weights' variance is not what the activation behind them wants, it says that too. Layers are counted from 1.
// Without trouble it says that. Memory: the caller's buffer; 2 KB hold any sentence several times.
template <class Net>
Diagnosis diagnose(const Diagnostics<Net>& diagnostics, char* text, int capacity) {
  return diagnose(diagnostics.report(), text, capacity);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
