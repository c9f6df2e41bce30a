#pragma once

#include <cstring>

#include "draws.hpp"
#include "wave.hpp"

namespace mica::models {

// Voice: says words that are written as the letters of their sounds, as log energy in bands over time. A sound has two
// formants (bands of energy), a hiss and a loudness; from one to the next the voice glides.
struct Voice {
  static constexpr int longest = 4;  // sounds in a word

  struct Sound {
    char letter;
    float low, high;  // the formants' bands
    float hiss, at;   // how much, and around which band
    float loudness;
    float length;
  };
  static constexpr Sound sounds[] = {
      {'a', 4.2f, 5.8f, 0.0f, 8.0f, 1.0f, 1.0f},  {'e', 2.8f, 6.8f, 0.0f, 8.0f, 0.95f, 1.0f},
      {'i', 1.2f, 7.8f, 0.0f, 8.0f, 0.9f, 1.0f},  {'o', 2.6f, 4.4f, 0.0f, 7.0f, 0.95f, 1.0f},
      {'u', 1.2f, 3.2f, 0.0f, 7.0f, 0.9f, 1.0f},  {'n', 0.4f, 5.0f, 0.0f, 8.0f, 0.55f, 0.8f},
      {'r', 1.8f, 4.8f, 0.1f, 7.0f, 0.75f, 0.7f}, {'s', 0.5f, 8.5f, 1.0f, 9.0f, 0.7f, 0.9f},
      {'f', 0.5f, 6.5f, 0.8f, 6.5f, 0.5f, 0.9f},  {'t', 2.0f, 7.0f, 1.0f, 7.0f, 0.6f, 0.4f},
  };
  static constexpr int sound_count = static_cast<int>(sizeof sounds / sizeof sounds[0]);

  static const Sound& sound_of(char letter) {
    int i = 0;
    while (sounds[i].letter != letter) ++i;
    return sounds[i];
  }

  // Adds a word to `frames` times `bands` energies: at any time, slowly or fast, by a high or low voice, loud or faint.
  static void say(const char* letters, Draws& draws, int frames, int bands, float* energy) {
    Knot knots[2 * longest + 2];
    const int count = plan(letters, draws, frames, knots);
    const float size = draws.between(0.85f, 1.2f), shift = draws.between(-0.4f, 0.4f);
    const float loudness = draws.between(0.5f, 1.1f), width = draws.between(1.2f, 1.9f);
    int next = 1;
    for (int frame = 0; frame < frames; ++frame) {
      const float time = static_cast<float>(frame);
      if (time < knots[0].time || time >= knots[count - 1].time) continue;
      while (time >= knots[next].time) ++next;
      const Knot &a = knots[next - 1], &b = knots[next];
      const float share = (time - a.time) / (b.time - a.time);
      const float low = size * mixed(a.low, b.low, share) + shift, high = size * mixed(a.high, b.high, share) + shift;
      const float hiss = mixed(a.hiss, b.hiss, share), at = mixed(a.at, b.at, share);
      const float loud = loudness * mixed(a.loudness, b.loudness, share);
      for (int band = 0; band < bands; ++band) {
        const float place = static_cast<float>(band);
        const float formants = larger(bell((place - low) / width), 0.8f * bell((place - high) / width));
        const float heard = larger((1.0f - hiss) * formants, hiss * bell((place - at) / 4.0f));
        float& value = energy[frame * bands + band];
        value = larger(value, loud * heard);
      }
    }
  }

 private:
  // How the voice stands at one time. Between two knots it glides.
  struct Knot {
    float time, low, high, hiss, at, loudness;
  };

  // When each sound is made: two knots each, and one in front and behind where the voice is not heard yet or any more.
  static int plan(const char* letters, Draws& draws, int frames, Knot* knots) {
    const int length = static_cast<int>(std::strlen(letters));
    const float pace = draws.between(6.0f, 11.0f);
    float ends[longest + 1] = {0.0f};
    for (int i = 0; i < length; ++i) {
      ends[i + 1] = ends[i] + pace * sound_of(letters[i]).length * draws.between(0.7f, 1.3f);
    }
    const float start = draws.between(0.0f, larger(2.0f, static_cast<float>(frames) - ends[length]));
    int count = 0;
    for (int i = 0; i < length; ++i) {
      const Sound& sound = sound_of(letters[i]);
      const float from = start + mixed(ends[i], ends[i + 1], 0.25f), to = start + mixed(ends[i], ends[i + 1], 0.75f);
      const Knot knot{from, sound.low, sound.high, sound.hiss, sound.at, sound.loudness};
      if (i == 0) {
        knots[count] = knot;
        knots[count].time = start;
        knots[count++].loudness = 0.0f;
      }
      knots[count++] = knot;
      knots[count] = knot;
      knots[count++].time = to;
    }
    knots[count] = knots[count - 1];
    knots[count].time = start + ends[length];
    knots[count++].loudness = 0.0f;
    return count;
  }
};

}  // namespace mica::models
