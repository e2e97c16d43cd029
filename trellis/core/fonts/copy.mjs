// Copies the fonts that documents are set in, and their licences, from node_modules to build/fonts.
import { copyFileSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";

const FOLDER = join("build", "fonts");
const PACKAGES = {
  "@expo-google-fonts/source-sans-3": [
    "400Regular/SourceSans3_400Regular.ttf",
    "700Bold/SourceSans3_700Bold.ttf",
    "LICENSE_FONT",
  ],
  "dejavu-fonts-ttf": ["ttf/DejaVuSans.ttf", "ttf/DejaVuSans-Bold.ttf", "LICENSE"],
  "@expo-google-fonts/noto-naskh-arabic": [
    "400Regular/NotoNaskhArabic_400Regular.ttf",
    "700Bold/NotoNaskhArabic_700Bold.ttf",
    "LICENSE_FONT",
  ],
  "@expo-google-fonts/noto-sans-bengali": [
    "400Regular/NotoSansBengali_400Regular.ttf",
    "700Bold/NotoSansBengali_700Bold.ttf",
    "LICENSE_FONT",
  ],
  "@expo-google-fonts/noto-sans-gurmukhi": [
    "400Regular/NotoSansGurmukhi_400Regular.ttf",
    "700Bold/NotoSansGurmukhi_700Bold.ttf",
    "LICENSE_FONT",
  ],
  "@expo-google-fonts/noto-emoji": ["400Regular/NotoEmoji_400Regular.ttf", "LICENSE_FONT"],
};

mkdirSync(FOLDER, { recursive: true });
for (const [name, files] of Object.entries(PACKAGES)) {
  for (const file of files) {
    const copy = file.endsWith(".ttf") ? basename(file) : `LICENCE-${basename(name)}.txt`;
    copyFileSync(join("node_modules", name, file), join(FOLDER, copy));
  }
}
