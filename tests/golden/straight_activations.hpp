// Forward and backward of layers: y, and dx and the parameters' gradient for a given dy.
// Written by tools/golden/generate.py with PyTorch 1.13.0 in double.
#pragma once

#include <mica/mica.hpp>
#include <tests/golden/draw.hpp>

namespace golden {

struct HardSigmoid0 {
  using Layer = mica::HardSigmoid;
  using Input = mica::Shape<5>;
  static constexpr int batch = 3, parameters = 0;
  static constexpr Draw x{2100, 1, 5.0f}, dy{2100, 3};
  static constexpr Draw params{2100, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.0f, 0.0f, 0.793324788f, 0.805608114f, 1.0f, 0.652333577f, 0.623926799f, 0.0839436849f, 0.480367025f, 0.27238973f, 0.487157186f, 0.134094238f, 1.0f, 1.0f, 0.0f};
  static constexpr float dx[] = {0.0f, 0.0f, -0.0771738711f, 0.164113368f, 0.0f, -0.116302494f, 0.156702682f, 0.0501658137f, 0.0957133004f, -0.0600992856f, 0.0368042003f, -0.144399011f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct HardSigmoid1 {
  using Layer = mica::HardSigmoid;
  using Input = mica::Shape<13>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2101, 1, 5.0f}, dy{2101, 3};
  static constexpr Draw params{2101, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.0f, 0.0333099365f, 0.0f, 0.0f, 0.0592244466f, 0.0f, 1.0f, 1.0f, 0.779134115f, 0.302398682f, 1.0f, 0.340062459f, 0.0411682129f, 0.841720581f, 0.0161437988f, 0.856623332f, 0.0f, 0.74365743f, 1.0f, 1.0f, 0.0f, 0.117029826f, 1.0f, 0.0292154948f, 1.0f, 0.952880859f};
  static constexpr float dx[] = {0.0f, 0.120793664f, 0.0f, 0.0f, 0.0915985135f, 0.0f, 0.0f, 0.0f, 0.138692224f, -0.0802001977f, 0.0f, -0.0854695663f, 0.0575510678f, -0.155919398f, 0.0757548037f, 0.121637984f, 0.0f, 0.147959396f, 0.0f, 0.0f, 0.0f, 0.0469665541f, 0.0f, -0.028101604f, 0.0f, -0.138580326f};
  static constexpr float gradient[] = {0};
};
struct HardSigmoid2 {
  using Layer = mica::HardSigmoid;
  using Input = mica::Shape<3, 5>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2102, 1, 5.0f}, dy{2102, 3};
  static constexpr Draw params{2102, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.455546061f, 0.974217733f, 0.832209269f, 0.135899862f, 0.849706014f, 0.0f, 0.566884359f, 0.0f, 0.368367513f, 0.953592936f, 1.0f, 1.0f, 0.0f, 1.0f, 0.0f, 0.416127523f, 0.309341431f, 0.770792643f, 0.0f, 1.0f, 1.0f, 1.0f, 1.0f, 0.0f, 0.215398153f, 0.105382284f, 0.703526815f, 0.959772746f, 0.215245565f, 0.820587158f};
  static constexpr float dx[] = {-0.100758873f, 0.0115051273f, -0.123906457f, 0.033610027f, -0.0112152103f, 0.0f, 0.0653381367f, 0.0f, 0.0923716255f, 0.0612030048f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0918121365f, -0.0223897305f, -0.104064945f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.0797678653f, -0.100972496f, 0.16378276f, -0.132115686f, 0.0488484715f, 0.0477803562f};
  static constexpr float gradient[] = {0};
};
struct HardSigmoid3 {
  using Layer = mica::HardSigmoid;
  using Input = mica::Shape<2, 2, 7>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2103, 1, 5.0f}, dy{2103, 3};
  static constexpr Draw params{2103, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.414576213f, 0.61525472f, 0.969767253f, 0.122395833f, 0.568562826f, 0.614135742f, 0.0f, 0.889556885f, 0.13180542f, 0.0f, 0.999216715f, 0.0f, 0.515563965f, 0.158457438f, 0.806854248f, 0.0f, 0.224019368f, 0.811024984f, 1.0f, 0.673797607f, 1.0f, 0.0673116048f, 0.642339071f, 1.0f, 1.0f, 0.0f, 0.0f, 0.0f};
  static constexpr float dx[] = {-0.0124867761f, -0.0953725207f, -0.0309906015f, 0.0640055358f, -0.0893554714f, -0.134963993f, 0.0f, 0.0780436221f, -0.0662231465f, 0.0f, -0.0699157736f, 0.0f, -0.092575076f, -0.0666554789f, -0.140106205f, 0.0f, 0.0219879157f, 0.141148889f, 0.0f, -0.0224100755f, 0.0f, 0.102711999f, -0.129806522f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct HardSigmoid4 {
  using Layer = mica::HardSigmoid;
  using Input = mica::Shape<33>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2104, 1, 5.0f}, dy{2104, 3};
  static constexpr Draw params{2104, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.0399475098f, 0.661336263f, 1.0f, 1.0f, 0.0f, 0.346954346f, 0.0f, 0.711995443f, 0.302296956f, 0.614822388f, 0.91112264f, 0.179946899f, 0.652511597f, 0.888743083f, 1.0f, 0.824350993f, 0.0f, 0.0895385742f, 0.0f, 1.0f, 0.4290212f, 0.771784465f, 0.871653239f, 0.0271555583f, 0.492192586f, 0.0f, 0.776590983f, 0.0f, 0.0f, 0.842534383f, 0.0f, 0.858963013f, 1.0f};
  static constexpr float dx[] = {-0.155186976f, -0.0463409438f, 0.0f, 0.0f, 0.0f, -0.142450973f, 0.0f, 0.082041425f, 0.0874226914f, -0.12164307f, 0.0438385023f, 0.0884704616f, -0.106709801f, 0.102452599f, 0.0f, 0.162221278f, 0.0f, 0.010147095f, 0.0f, 0.0f, 0.139643355f, 0.0938161242f, -0.146692916f, -0.0188751226f, -0.135833744f, 0.0f, -0.0998535186f, 0.0f, 0.0f, -0.101465864f, 0.0f, -0.0378621431f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct HardSwish0 {
  using Layer = mica::HardSwish;
  using Input = mica::Shape<5>;
  static constexpr int batch = 3, parameters = 0;
  static constexpr Draw x{2105, 1, 5.0f}, dy{2105, 3};
  static constexpr Draw params{2105, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-0.0f, -0.359222352f, -0.0f, 3.33114624f, -0.356023177f, -0.0f, -0.24757379f, 3.28689575f, -0.0f, 0.32724464f, -0.231626978f, -0.262371751f, 0.525261205f, 0.0769022146f, -0.306044888f};
  static constexpr float dx[] = {0.0f, 0.0604001296f, 0.0f, -0.941558838f, -0.0521849751f, 0.0f, -0.089401147f, 0.442749023f, 0.0f, -0.261470292f, -0.25773367f, 0.00839579478f, 0.474097928f, -0.126181195f, 0.115140021f};
  static constexpr float gradient[] = {0};
};
struct HardSwish1 {
  using Layer = mica::HardSwish;
  using Input = mica::Shape<13>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2106, 1, 5.0f}, dy{2106, 3};
  static constexpr Draw params{2106, 2, 0.5f, 0.0f};
  static constexpr float y[] = {1.47516812f, -0.0f, -0.0665600994f, 0.442836661f, 4.89349365f, 3.99795532f, -0.0f, 4.78988647f, -0.308630898f, -0.0f, 0.956754204f, -0.253237635f, -0.205277871f, -0.355916619f, 0.303231692f, -0.0597979152f, -0.0898233204f, 4.00314331f, -0.0f, 0.82353274f, 4.38812256f, -0.0f, -0.0f, -0.299408175f, -0.0f, -0.0f};
  static constexpr float dx[] = {0.276905823f, 0.0f, -0.289086727f, -0.580993363f, -0.00857543945f, -0.428436279f, 0.0f, -0.684967041f, -0.0387725482f, 0.0f, -0.103662515f, 0.267174661f, 0.288949012f, -0.0843675435f, 0.306231325f, 0.419416093f, 0.15255818f, 0.372924805f, 0.0f, 0.132903576f, -0.796813965f, 0.0f, 0.0f, -0.192637894f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct HardSwish2 {
  using Layer = mica::HardSwish;
  using Input = mica::Shape<3, 5>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2107, 1, 5.0f}, dy{2107, 3};
  static constexpr Draw params{2107, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-0.181997577f, 2.07705157f, -0.253237635f, 2.3813156f, 0.55061625f, 4.98275757f, -0.0f, 4.22698975f, -0.159193876f, 1.46619737f, 0.886535893f, -0.164531447f, 1.48467033f, -0.0f, -0.271254141f, -0.0765795036f, -0.0f, -0.0590980573f, -0.0f, 4.25430298f, 4.39743042f, -0.311808005f, -0.0865673111f, 1.38693779f, -0.0f, -0.200106392f, 4.53582764f, 2.04322307f, 4.02053833f, 0.579850674f};
  static constexpr float dx[] = {0.0994404182f, 0.231886233f, -0.021580562f, -0.632481734f, 0.143765265f, -0.440185547f, 0.0f, 0.991912842f, -0.279916523f, -0.409617051f, 0.0347876723f, -0.00480117276f, 0.741272064f, 0.0f, 0.222283319f, 0.38013954f, 0.0f, -0.382908475f, 0.0f, -0.202667236f, 0.521972656f, 0.0362859918f, -0.187845577f, -0.426501995f, 0.0f, 0.0846045939f, -0.338012695f, -0.689370945f, 0.874420166f, 0.276379794f};
  static constexpr float gradient[] = {0};
};
struct HardSwish3 {
  using Layer = mica::HardSwish;
  using Input = mica::Shape<2, 2, 7>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2108, 1, 5.0f}, dy{2108, 3};
  static constexpr Draw params{2108, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-0.0f, 1.78489746f, -0.0f, 4.034729f, -0.0f, 1.2360209f, 0.191306463f, -0.0515043115f, 0.906766901f, 1.05959731f, -0.209349034f, -0.348516935f, 1.05646531f, -0.350349381f, 2.46362368f, -0.0f, 3.76419067f, 1.66253871f, -0.0f, -0.32517131f, -0.0709587925f, 4.2414856f, 0.855799936f, 0.273702589f, -0.175028365f, 0.527390264f, -0.0f, -0.361782052f};
  static constexpr float dx[] = {0.0f, 0.146444278f, 0.0f, -0.33480835f, 0.0f, 0.655085563f, 0.323121518f, 0.209650036f, -0.419375534f, -0.222702291f, -0.143481687f, -0.0552004222f, -0.892906894f, 0.00658027952f, 0.353316625f, 0.0f, 0.92489624f, 0.440685414f, 0.0f, -0.174652102f, 0.0736436745f, 0.889556885f, 0.771013982f, 0.292105316f, 0.332920208f, 0.288563215f, 0.0f, 0.0491189733f};
  static constexpr float gradient[] = {0};
};
struct HardSwish4 {
  using Layer = mica::HardSwish;
  using Input = mica::Shape<33>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2109, 1, 5.0f}, dy{2109, 3};
  static constexpr Draw params{2109, 2, 0.5f, 0.0f};
  static constexpr float y[] = {2.38152245f, -0.093999443f, -0.0f, -0.200002171f, 1.28573643f, 1.01400435f, 1.98066697f, -0.0f, 2.40660809f, 1.28028203f, -0.262956355f, 1.81761241f, 0.200626364f, 4.76989746f, 3.79043579f, -0.201250776f, 3.73916626f, -0.275739183f, 4.0725708f, -0.0f, 0.825989113f, -0.0f, -0.373940191f, -0.0f, -0.374978404f, -0.225284114f, -0.0f, -0.0f, 1.3227071f, 1.70706125f, 0.0252842313f, -0.202277511f, -0.0f};
  static constexpr float dx[] = {0.455111036f, 0.167604403f, 0.0f, 0.0690151369f, 0.321174933f, -0.0848406097f, -1.04684836f, 0.0f, 0.517643787f, -0.24290571f, 0.199690993f, 0.329412103f, 0.0972657977f, 0.189758301f, 0.749908447f, 0.0041441815f, -0.902526855f, -0.25562565f, 0.811431885f, 0.0f, -0.658699424f, 0.0f, 0.0261265486f, 0.0f, -0.00135896355f, 0.298699028f, 0.0f, 0.0f, -0.419142849f, -0.122604261f, 0.414141497f, -0.102873386f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct HardTanh0 {
  using Layer = mica::HardTanh<>;
  using Input = mica::Shape<5>;
  static constexpr int batch = 3, parameters = 0;
  static constexpr Draw x{2110, 1, 2.0f}, dy{2110, 3};
  static constexpr Draw params{2110, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-0.983642578f, -1.0f, 1.0f, -1.0f, 0.537536621f, 1.0f, -1.0f, -0.70300293f, 0.237182617f, -1.0f, 1.0f, 0.308349609f, -1.0f, 1.0f, 0.942504883f};
  static constexpr float dx[] = {0.482696533f, 0.0f, 0.0f, 0.0f, -0.702575684f, 0.0f, 0.0f, -0.237487793f, -0.164001465f, 0.0f, 0.0f, -0.721862793f, 0.0f, 0.0f, -0.646118164f};
  static constexpr float gradient[] = {0};
};
struct HardTanh1 {
  using Layer = mica::HardTanh<>;
  using Input = mica::Shape<13>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2111, 1, 2.0f}, dy{2111, 3};
  static constexpr Draw params{2111, 2, 0.5f, 0.0f};
  static constexpr float y[] = {0.625976562f, -1.0f, -0.245300293f, 0.789672852f, 1.0f, -0.615539551f, -1.0f, 1.0f, 1.0f, 1.0f, -1.0f, -1.0f, 0.154724121f, -0.768127441f, -1.0f, -1.0f, 1.0f, 1.0f, 1.0f, -0.315795898f, -0.366088867f, -0.726989746f, -0.821960449f, 1.0f, -1.0f, 0.441772461f};
  static constexpr float dx[] = {0.977844238f, 0.0f, -0.0312805176f, -0.992126465f, 0.0f, 0.976837158f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.571350098f, 0.586517334f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.692565918f, 0.531890869f, -0.34161377f, 0.387817383f, 0.0f, 0.0f, -0.378723145f};
  static constexpr float gradient[] = {0};
};
struct HardTanh2 {
  using Layer = mica::HardTanh<>;
  using Input = mica::Shape<3, 5>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2112, 1, 2.0f}, dy{2112, 3};
  static constexpr Draw params{2112, 2, 0.5f, 0.0f};
  static constexpr float y[] = {1.0f, 0.779174805f, 0.814453125f, -1.0f, -1.0f, 0.713378906f, 1.0f, 0.696044922f, -1.0f, 0.997192383f, 0.46484375f, -1.0f, 1.0f, -1.0f, 1.0f, -0.80871582f, 0.330749512f, 1.0f, -0.973937988f, -1.0f, 1.0f, 1.0f, 1.0f, -0.791931152f, -1.0f, -1.0f, 0.0344238281f, 0.580810547f, -1.0f, 1.0f};
  static constexpr float dx[] = {0.0f, -0.470611572f, 0.975891113f, 0.0f, 0.0f, -0.193634033f, 0.0f, -0.97567749f, 0.0f, 0.613433838f, -0.858306885f, 0.0f, 0.0f, 0.0f, 0.0f, -0.302856445f, -0.0909118652f, 0.0f, 0.131225586f, 0.0f, 0.0f, 0.0f, 0.0f, -0.81842041f, 0.0f, 0.0f, -0.215423584f, 0.349182129f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct HardTanh3 {
  using Layer = mica::HardTanh<>;
  using Input = mica::Shape<2, 2, 7>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2113, 1, 2.0f}, dy{2113, 3};
  static constexpr Draw params{2113, 2, 0.5f, 0.0f};
  static constexpr float y[] = {1.0f, 0.0211181641f, 1.0f, -0.331787109f, -0.737548828f, 0.244812012f, -1.0f, 1.0f, 0.803161621f, 1.0f, 0.434997559f, -1.0f, 0.992126465f, 1.0f, -0.333618164f, 0.0958862305f, 1.0f, -1.0f, -1.0f, -1.0f, -1.0f, 0.58605957f, 1.0f, 1.0f, -0.921936035f, -0.826782227f, -0.223205566f, 0.164123535f};
  static constexpr float dx[] = {0.0f, -0.181976318f, 0.0f, 0.333435059f, -0.701385498f, 0.941223145f, 0.0f, 0.0f, 0.674438477f, 0.0f, -0.489898682f, 0.0f, -0.454223633f, 0.0f, -0.834106445f, 0.257720947f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.880889893f, 0.0f, 0.0f, -0.757141113f, -0.366271973f, 0.467285156f, 0.842224121f};
  static constexpr float gradient[] = {0};
};
struct HardTanh4 {
  using Layer = mica::HardTanh<>;
  using Input = mica::Shape<33>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2114, 1, 2.0f}, dy{2114, 3};
  static constexpr Draw params{2114, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-0.865783691f, 0.739746094f, -0.870544434f, -0.37310791f, 1.0f, -1.0f, -1.0f, -1.0f, -1.0f, 0.945983887f, 1.0f, -1.0f, -1.0f, -0.0656738281f, 0.951171875f, 0.499694824f, -1.0f, 1.0f, -0.471740723f, 0.89440918f, 0.985778809f, -1.0f, -1.0f, -0.721984863f, -0.693115234f, -1.0f, 1.0f, 1.0f, -0.306274414f, -0.439758301f, -1.0f, 1.0f, -0.219116211f};
  static constexpr float dx[] = {-0.399749756f, 0.65020752f, -0.239685059f, 0.934753418f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.331665039f, 0.0f, 0.0f, 0.0f, -0.22064209f, -0.005859375f, 0.757995605f, 0.0f, 0.0f, -0.343017578f, -0.762359619f, 0.130645752f, 0.0f, 0.0f, -0.313079834f, 0.122314453f, 0.0f, 0.0f, 0.0f, -0.114959717f, -0.187957764f, 0.0f, 0.0f, 0.672698975f};
  static constexpr float gradient[] = {0};
};
struct HardTanhHalves0 {
  using Layer = mica::HardTanh<-5, 1, 2>;
  using Input = mica::Shape<5>;
  static constexpr int batch = 3, parameters = 0;
  static constexpr Draw x{2115, 1, 4.0f}, dy{2115, 3};
  static constexpr Draw params{2115, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-2.08825684f, -2.5f, -2.5f, 0.142944336f, 0.5f, 0.5f, -1.13586426f, 0.5f, -2.5f, 0.5f, 0.125610352f, 0.5f, 0.5f, 0.5f, -0.403686523f};
  static constexpr float dx[] = {-0.683563232f, 0.0f, 0.0f, 0.850799561f, 0.0f, 0.0f, 0.264007568f, 0.0f, 0.0f, 0.0f, -0.201202393f, 0.0f, 0.0f, 0.0f, -0.281768799f};
  static constexpr float gradient[] = {0};
};
struct HardTanhHalves1 {
  using Layer = mica::HardTanh<-5, 1, 2>;
  using Input = mica::Shape<13>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2116, 1, 4.0f}, dy{2116, 3};
  static constexpr Draw params{2116, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-2.5f, 0.5f, -2.5f, 0.5f, 0.5f, -0.111206055f, 0.5f, 0.5f, 0.5f, 0.5f, -2.5f, -2.03723145f, -2.5f, -2.38549805f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, -2.5f, -2.28210449f, 0.5f, -0.126464844f, 0.5f, -1.3190918f, -0.101318359f};
  static constexpr float dx[] = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.0932006836f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.222839355f, 0.0f, 0.447662354f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.0068359375f, 0.0f, -0.0233459473f, 0.0f, 0.719177246f, -0.479888916f};
  static constexpr float gradient[] = {0};
};
struct HardTanhHalves2 {
  using Layer = mica::HardTanh<-5, 1, 2>;
  using Input = mica::Shape<3, 5>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2117, 1, 4.0f}, dy{2117, 3};
  static constexpr Draw params{2117, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-2.4251709f, 0.5f, 0.5f, 0.5f, -2.5f, -2.5f, -1.08154297f, -1.4588623f, 0.426025391f, -0.207519531f, -2.5f, 0.5f, -0.489501953f, 0.5f, -0.116088867f, 0.5f, -2.5f, -2.5f, -2.04711914f, -0.0452880859f, 0.5f, -0.894287109f, 0.5f, -2.04431152f, -2.5f, 0.5f, -2.5f, -2.5f, 0.5f, -2.2911377f};
  static constexpr float dx[] = {-0.54598999f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.270202637f, 0.394042969f, 0.39743042f, 0.671447754f, 0.0f, 0.0f, -0.00512695312f, 0.0f, -0.24899292f, 0.0f, 0.0f, 0.0f, 0.0164489746f, 0.263458252f, 0.0f, -0.228790283f, 0.0f, 0.327178955f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.847106934f};
  static constexpr float gradient[] = {0};
};
struct HardTanhHalves3 {
  using Layer = mica::HardTanh<-5, 1, 2>;
  using Input = mica::Shape<2, 2, 7>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2118, 1, 4.0f}, dy{2118, 3};
  static constexpr Draw params{2118, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-2.32653809f, -0.218994141f, -2.5f, -0.608886719f, -2.31884766f, 0.5f, -2.5f, -2.5f, 0.5f, 0.5f, 0.5f, -0.399536133f, 0.5f, -2.5f, -2.5f, -2.5f, -1.51525879f, 0.5f, -0.61328125f, 0.5f, 0.5f, -1.16625977f, 0.5f, -0.422363281f, 0.5f, 0.5f, -2.5f, -2.08911133f};
  static constexpr float dx[] = {0.496459961f, 0.488372803f, 0.0f, -0.123809814f, 0.0162353516f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.797149658f, 0.0f, 0.0f, 0.0f, 0.0f, -0.918701172f, 0.0f, -0.964202881f, 0.0f, 0.0f, 0.713012695f, 0.0f, -0.406097412f, 0.0f, 0.0f, 0.0f, -0.99420166f};
  static constexpr float gradient[] = {0};
};
struct HardTanhHalves4 {
  using Layer = mica::HardTanh<-5, 1, 2>;
  using Input = mica::Shape<33>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2119, 1, 4.0f}, dy{2119, 3};
  static constexpr Draw params{2119, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-2.5f, -2.5f, -2.5f, -2.5f, 0.5f, 0.5f, -2.5f, 0.5f, 0.5f, 0.5f, 0.5f, -0.818237305f, -2.35437012f, 0.5f, 0.5f, 0.5f, -0.447998047f, -0.579345703f, 0.450439453f, 0.5f, -2.10314941f, -2.35473633f, 0.167724609f, -1.58740234f, -2.5f, -2.5f, 0.5f, -0.559204102f, -1.97973633f, -2.5f, -2.5f, -2.5f, 0.5f};
  static constexpr float dx[] = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.339599609f, -0.127746582f, 0.0f, 0.0f, 0.0f, -0.139984131f, 0.797973633f, 0.300598145f, 0.0f, -0.6534729f, -0.826019287f, -0.888183594f, 0.93347168f, 0.0f, 0.0f, 0.0f, -0.367218018f, 0.430603027f, 0.0f, 0.0f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct ReLU60 {
  using Layer = mica::ReLU6;
  using Input = mica::Shape<5>;
  static constexpr int batch = 3, parameters = 0;
  static constexpr Draw x{2120, 1, 9.0f}, dy{2120, 3};
  static constexpr Draw params{2120, 2, 0.5f, 0.0f};
  static constexpr float y[] = {2.81689453f, 4.58679199f, 0.0f, 0.155456543f, 2.32196045f, 0.0f, 5.59368896f, 0.0f, 6.0f, 6.0f, 0.0f, 0.0f, 0.359527588f, 0.0f, 0.0f};
  static constexpr float dx[] = {0.876373291f, 0.106872559f, 0.0f, 0.0879211426f, 0.588348389f, 0.0f, -0.580505371f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.19708252f, 0.0f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct ReLU61 {
  using Layer = mica::ReLU6;
  using Input = mica::Shape<13>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2121, 1, 9.0f}, dy{2121, 3};
  static constexpr Draw params{2121, 2, 0.5f, 0.0f};
  static constexpr float y[] = {6.0f, 1.56747437f, 6.0f, 0.0f, 0.0f, 0.0f, 2.14535522f, 0.0f, 0.0f, 1.47024536f, 0.457580566f, 4.31185913f, 1.58670044f, 0.0f, 1.92453003f, 1.80670166f, 4.00012207f, 0.0f, 0.0f, 6.0f, 0.0f, 6.0f, 0.0f, 6.0f, 0.0f, 0.680328369f};
  static constexpr float dx[] = {0.0f, -0.194580078f, 0.0f, 0.0f, 0.0f, 0.0f, -0.428497314f, 0.0f, 0.0f, -0.150817871f, 0.229492188f, 0.164855957f, 0.25289917f, 0.0f, -0.478485107f, -0.55569458f, 0.759857178f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.256072998f};
  static constexpr float gradient[] = {0};
};
struct ReLU62 {
  using Layer = mica::ReLU6;
  using Input = mica::Shape<3, 5>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2122, 1, 9.0f}, dy{2122, 3};
  static constexpr Draw params{2122, 2, 0.5f, 0.0f};
  static constexpr float y[] = {6.0f, 0.220001221f, 5.20751953f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 6.0f, 0.0f, 2.94186401f, 0.0f, 0.0f, 0.0f, 6.0f, 0.0f, 0.0f, 0.0f, 2.44610596f, 4.53076172f, 0.0f, 0.0f, 0.0f, 0.0f, 5.65054321f, 0.0f, 6.0f, 5.4942627f, 0.0f};
  static constexpr float dx[] = {0.0f, -0.654937744f, -0.883239746f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.889312744f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, 0.23828125f, -0.170227051f, 0.0f, 0.0f, 0.0f, 0.0f, 0.307220459f, 0.0f, 0.0f, 0.175354004f, 0.0f};
  static constexpr float gradient[] = {0};
};
struct ReLU63 {
  using Layer = mica::ReLU6;
  using Input = mica::Shape<2, 2, 7>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2123, 1, 9.0f}, dy{2123, 3};
  static constexpr Draw params{2123, 2, 0.5f, 0.0f};
  static constexpr float y[] = {2.77871704f, 3.52908325f, 0.847045898f, 0.0f, 4.94824219f, 0.0f, 6.0f, 0.0f, 0.0f, 5.43218994f, 2.93609619f, 0.0f, 4.22891235f, 0.0f, 4.66259766f, 0.58694458f, 0.0f, 6.0f, 0.0f, 0.336456299f, 0.0f, 5.45800781f, 3.49749756f, 0.0f, 0.0f, 0.0f, 6.0f, 2.23983765f};
  static constexpr float dx[] = {-0.427307129f, -0.311859131f, 0.835357666f, 0.0f, 0.0234069824f, 0.0f, 0.0f, 0.0f, 0.0f, -0.68347168f, -0.418212891f, 0.0f, -0.458312988f, 0.0f, 0.242126465f, -0.0388183594f, 0.0f, 0.0f, 0.0f, 0.0265197754f, 0.0f, -0.944213867f, -0.284393311f, 0.0f, 0.0f, 0.0f, 0.0f, -0.0903015137f};
  static constexpr float gradient[] = {0};
};
struct ReLU64 {
  using Layer = mica::ReLU6;
  using Input = mica::Shape<33>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2124, 1, 9.0f}, dy{2124, 3};
  static constexpr Draw params{2124, 2, 0.5f, 0.0f};
  static constexpr float y[] = {6.0f, 0.0f, 0.0f, 0.0f, 0.0f, 5.74035645f, 0.0f, 0.0f, 0.0f, 0.0f, 0.863800049f, 3.10858154f, 0.0f, 0.0f, 5.55633545f, 0.0f, 2.59854126f, 0.0f, 6.0f, 0.0f, 0.0f, 0.0f, 4.05752563f, 2.96520996f, 0.0f, 0.509765625f, 0.0f, 3.98693848f, 0.0f, 0.0f, 0.0f, 1.31176758f, 3.74276733f};
  static constexpr float dx[] = {0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.851409912f, 0.0f, 0.0f, 0.0f, 0.0f, -0.523376465f, -0.74130249f, 0.0f, 0.0f, 0.614959717f, 0.0f, -0.23260498f, 0.0f, 0.0f, 0.0f, 0.0f, 0.0f, -0.115905762f, 0.989929199f, 0.0f, 0.921661377f, 0.0f, -0.613342285f, 0.0f, 0.0f, 0.0f, 0.712402344f, -0.656219482f};
  static constexpr float gradient[] = {0};
};
struct LogSoftmax0 {
  using Layer = mica::LogSoftmax;
  using Input = mica::Shape<5>;
  static constexpr int batch = 3, parameters = 0;
  static constexpr Draw x{2125, 1, 6.0f}, dy{2125, 3};
  static constexpr Draw params{2125, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-0.786704898f, -1.55995929f, -2.002159f, -5.51576984f, -1.63246906f, -5.46025005f, -1.66813579f, -3.28330913f, -0.261885792f, -9.97984234f, -2.68594586f, -4.11892926f, -8.6606773f, -3.94113385f, -0.109835019f};
  static constexpr float dx[] = {0.696209576f, 0.55675383f, -0.126376454f, -0.00497164571f, -1.12161531f, 0.884927454f, -0.25089217f, -0.637901395f, -0.427915433f, 0.431781544f, 0.618794317f, 0.967895478f, 0.991475835f, -0.929464057f, -1.64870157f};
  static constexpr float gradient[] = {0};
};
struct LogSoftmax1 {
  using Layer = mica::LogSoftmax;
  using Input = mica::Shape<13>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2126, 1, 6.0f}, dy{2126, 3};
  static constexpr Draw params{2126, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-10.7196941f, -4.22054855f, -5.3807048f, -2.80624191f, -8.72164719f, -2.05734055f, -6.87521164f, -7.30203049f, -1.74642746f, -2.54971115f, -7.97677414f, -9.49984543f, -0.620511932f, -4.03822227f, -1.16841026f, -8.92585655f, -10.6648092f, -2.01527306f, -3.87068077f, -3.17085167f, -1.24092003f, -8.7163839f, -1.73530479f, -4.68751427f, -7.99403282f, -9.3995504f};
  static constexpr float dx[] = {0.855662353f, -0.275590365f, -0.112303216f, 0.10573612f, -0.458960343f, -0.649708282f, 0.676928921f, -0.409530802f, -0.222499587f, 0.733087834f, 0.071755319f, 0.420605213f, -0.735183163f, 0.813557642f, 0.417123933f, 0.850635831f, -0.433489724f, 0.573833688f, -0.476280324f, -0.702990226f, -0.670018956f, -0.352940346f, -0.319455432f, -0.0551201356f, 0.615553454f, -0.260409407f};
  static constexpr float gradient[] = {0};
};
struct LogSoftmax2 {
  using Layer = mica::LogSoftmax;
  using Input = mica::Shape<3, 5>;
  static constexpr int batch = 2, parameters = 0;
  static constexpr Draw x{2127, 1, 6.0f}, dy{2127, 3};
  static constexpr Draw params{2127, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-9.615554f, -9.86567607f, -7.63252177f, -0.000685837417f, -9.40205302f, -4.98885451f, -0.0417109529f, -3.40993605f, -9.9370967f, -6.96126662f, -0.406689909f, -2.79493454f, -2.12843063f, -6.16261032f, -1.88453415f, -6.62341501f, -5.92706491f, -2.81756784f, -2.13678171f, -0.200624484f, -6.74462971f, -8.56140217f, -0.36871418f, -2.61633381f, -1.45269855f, -2.07259529f, -2.57320564f, -6.33236091f, -0.230004956f, -6.47390144f};
  static constexpr float dx[] = {-0.192211817f, -0.868231024f, -0.105707516f, 1.57595685f, -0.409806496f, 0.699021506f, 1.41704175f, -0.596903357f, -0.930047267f, -0.589112631f, 0.26519202f, -0.789999031f, 0.160933783f, -0.281184479f, 0.645057707f, 0.588381303f, -0.895913411f, -0.226337376f, -0.46537296f, 0.999242444f, 0.391351522f, 0.162588284f, -0.664395119f, 0.148742427f, -0.0382871143f, 0.10432885f, 0.453619246f, -0.700582349f, 0.338141896f, -0.195507642f};
  static constexpr float gradient[] = {0};
};
struct LogSoftmax3 {
  using Layer = mica::LogSoftmax;
  using Input = mica::Shape<2, 2, 7>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2128, 1, 6.0f}, dy{2128, 3};
  static constexpr Draw params{2128, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-7.82025424f, -6.20965853f, -7.28906527f, -0.00531282998f, -8.65722933f, -6.6674222f, -7.18377963f, -1.53162914f, -1.64112621f, -2.21626049f, -1.25642162f, -4.99360424f, -4.50507885f, -1.72297436f, -8.07063858f, -8.1314296f, -8.1982631f, -6.99361222f, -10.5619716f, -9.36464493f, -0.00191299902f, -10.3343063f, -0.02546843f, -3.73939665f, -7.86696013f, -8.69899138f, -7.50294646f, -8.31630095f};
  static constexpr float dx[] = {-0.361523339f, 0.13534659f, -0.534694551f, 0.983351107f, -0.0933361735f, -0.183092896f, 0.0539492621f, 0.619887045f, -0.931117061f, 0.125559653f, -0.925252253f, 0.834656543f, 0.0896430462f, 0.186623025f, -0.357932064f, -0.127237681f, 0.22833405f, -0.848718638f, -0.350956685f, 0.0362493607f, 1.42026166f, -0.634676657f, -0.311598734f, 0.147340681f, 0.00494389f, 0.923082441f, -0.292585361f, 0.163493739f};
  static constexpr float gradient[] = {0};
};
struct LogSoftmax4 {
  using Layer = mica::LogSoftmax;
  using Input = mica::Shape<33>;
  static constexpr int batch = 1, parameters = 0;
  static constexpr Draw x{2129, 1, 6.0f}, dy{2129, 3};
  static constexpr Draw params{2129, 2, 0.5f, 0.0f};
  static constexpr float y[] = {-8.78060333f, -13.1903323f, -7.35531036f, -12.8186282f, -10.3591556f, -5.40560333f, -11.4643802f, -11.5083255f, -3.95632354f, -1.66439239f, -5.07052032f, -9.45498077f, -11.1802005f, -8.67934601f, -2.94814483f, -8.92452423f, -10.3961429f, -4.79476349f, -7.83980743f, -7.88192169f, -8.56838409f, -2.18239776f, -12.4707278f, -4.97622101f, -4.3532962f, -3.6769046f, -1.51571075f, -1.98446075f, -1.64736358f, -13.1575565f, -4.80446808f, -9.14864532f, -6.19552032f};
  static constexpr float dx[] = {-0.263191119f, -0.79528892f, -0.896464345f, -0.387055652f, 0.150742694f, -0.936787551f, 0.748103227f, -0.677769374f, 0.468881501f, -0.707161558f, -0.14440273f, 0.686763166f, 0.0643248326f, 0.40043683f, 0.353682784f, -0.586241011f, 0.485215864f, -0.901578798f, 0.985084358f, -0.118820752f, 0.150366891f, -0.35813854f, 0.286436276f, 0.182804398f, -0.681428556f, 0.574528427f, 0.874271451f, 0.878164275f, -0.59749746f, -0.942353156f, 0.727790341f, 0.831922765f, 0.144659442f};
  static constexpr float gradient[] = {0};
};
using StraightActivationCases = Cases<HardSigmoid0, HardSigmoid1, HardSigmoid2, HardSigmoid3, HardSigmoid4, HardSwish0, HardSwish1, HardSwish2, HardSwish3, HardSwish4, HardTanh0, HardTanh1, HardTanh2, HardTanh3, HardTanh4, HardTanhHalves0, HardTanhHalves1, HardTanhHalves2, HardTanhHalves3, HardTanhHalves4, ReLU60, ReLU61, ReLU62, ReLU63, ReLU64, LogSoftmax0, LogSoftmax1, LogSoftmax2, LogSoftmax3, LogSoftmax4>;

}  // namespace golden
