#pragma once

#include <cstring>

#include <mica/kernels/random.hpp>
#include <mica/shape.hpp>

#include "draws.hpp"
#include "picture.hpp"
#include "voice.hpp"
#include "wave.hpp"

namespace mica::models {

// SpokenWords: one second of sound as 49 frames of 10 bands of log energy: ten words, silence, and other words.
// A word is a sequence of sounds, each with two formants (bands of energy), a hiss and a loudness, between which the
// voice glides. Nothing but the order of the sounds tells some words apart, and they come at any time, slowly or fast,
// by high and low voices, loud and faint, in front of noise. Other words are random sequences of the same sounds.
// Silence is noise too, with a hum or a click.
struct SpokenWords {
  static constexpr int frames = 49, bands = 10;
  using Sample = Shape<frames, bands, 1>;
  static constexpr const char* description = "generated words: 49 frames of 10 bands of sound, 12 classes";
  static constexpr int classes = 12, training_classes = 12;
  static constexpr int training_samples = 12000, test_samples = 2400;
  static constexpr const char* class_names[classes] = {"yes", "no",  "up",   "down", "left",    "right",
                                                       "on",  "off", "stop", "go",   "silence", "unknown"};
  static constexpr int silence = 10, unknown = 11;

  static void draw(int label, Random random, float* sample) {
    Draws draws(random.fork(0));
    draw_background(draws, sample);
    if (label == silence) {
      draw_hum_and_click(draws, sample);
    } else {
      char letters[Voice::longest + 1];
      if (label == unknown) {
        make_up(draws, letters);
      } else {
        std::strcpy(letters, words[label]);
      }
      Voice::say(letters, draws, frames, bands, sample);
    }
    float noise[Sample::size];
    kernels::fill_normal(Sample::size, random.fork(1), draws.between(0.05f, 0.2f), 1.0f, noise);
    for (int i = 0; i < Sample::size; ++i) sample[i] = (sample[i] + noise[i] - mean) / deviation;
  }

  // Time from left to right, low bands below, two rows each.
  static Picture picture(const float* sample) {
    Picture picture{2 * bands, frames, {}};
    for (int y = 0; y < picture.height; ++y) {
      for (int t = 0; t < frames; ++t) {
        picture.pixels.push_back(brightness(sample[t * bands + bands - 1 - y / 2], -1.0f, 3.0f));
      }
    }
    return picture;
  }

 private:
  static constexpr float mean = 0.2f, deviation = 0.2f;  // of all samples
  static constexpr const char* words[] = {"ies", "nou", "at", "taun", "neft", "rait", "on", "of", "stot", "tou"};

  // A sequence of sounds that is none of the words; no sound stands beside itself.
  static void make_up(Draws& draws, char* letters) {
    bool taken = true;
    while (taken) {
      const int length = 2 + draws.below(Voice::longest - 1);
      for (int i = 0; i < length; ++i) {
        do letters[i] = Voice::sounds[draws.below(Voice::sound_count)].letter;
        while (i > 0 && letters[i] == letters[i - 1]);
      }
      letters[length] = '\0';
      taken = false;
      for (const char* word : words) taken = taken || std::strcmp(letters, word) == 0;
    }
  }

  // A level that leans towards the high or the low bands.
  static void draw_background(Draws& draws, float* sample) {
    const float level = draws.between(0.0f, 0.3f), slope = draws.between(-0.02f, 0.02f);
    for (int i = 0; i < Sample::size; ++i) {
      sample[i] = level + slope * (static_cast<float>(i % bands) - 0.5f * (bands - 1));
    }
  }

  static void draw_hum_and_click(Draws& draws, float* sample) {
    const float hum = draws.chance(0.5f) ? draws.between(0.2f, 0.8f) : 0.0f, band = draws.between(0.0f, 9.0f);
    const float click = draws.chance(0.5f) ? draws.between(0.2f, 0.8f) : 0.0f;
    const int when = draws.below(frames);
    for (int i = 0; i < Sample::size; ++i) {
      const float steady = hum * bell((static_cast<float>(i % bands) - band) / 1.5f);
      sample[i] = larger(sample[i], larger(steady, i / bands == when ? click : 0.0f));
    }
  }
};

}  // namespace mica::models
