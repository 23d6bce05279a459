// Made by scripts/emoji.mjs from the server's names and emojibase (MIT, see table.LICENSE): character, + where it takes skin tones, @ and the version that brought it; names; words.
export const table = `
#smileys
😀	grinning grinning_face	cheerful cheery grin happy laugh nice smile smiling teeth
😃	smiley	grinning face with big eyes awesome grin happy mouth open smile smiling teeth yay
😄	smile	grinning face with smiling eyes eye grin happy laugh lol mouth open
😁	grin	beaming face with smiling eyes eye grinning happy nice smile teeth
😆	laughing satisfied	grinning squinting face closed eyes haha hahaha happy laugh lol mouth open rofl smile smiling
😅	sweat_smile	grinning face with cold dejected excited mouth nervous open smiling stress stressed
🤣	rofl rolling_on_the_floor_laughing	crying face funny haha happy hehe hilarious joy laugh lmao lol roflmao tear
😂	joy	face with tears of crying feels funny haha happy hehe hilarious laugh lmao lol rofl roflmao tear
🙂	slight_smile slightly_smiling_face	happy
🙃	upside_down upside_down_face	hehe smile upside-down
🫠@14	melting_face	disappear dissolve embarrassed haha heat hot liquid lol melt sarcasm sarcastic
😉	wink winking_face	flirt heartbreaker sexy slide tease winks
😊	blush	smiling face with eyes eye glad satisfied smile
😇	innocent	smiling face with halo angel angelic angels blessed fairy fairytale fantasy happy peaceful smile spirit tale
🥰	smiling_face_with_3_hearts	adore crush heart ily love romance smile you
😍	heart_eyes	smiling face with 143 bae eye feels heart-eyes hearts ily kisses love romance romantic smile xoxo
🤩	star_struck	excited eyes face grinning smile starry-eyed wow
😘	kissing_heart	face blowing kiss adorbs bae flirt ily love lover miss muah romantic smooch xoxo you
😗	kissing kissing_face	143 date dating flirt ily kiss love smooch smooches xoxo you
☺️	relaxed smiling_face	happy outlined smile
😚	kissing_closed_eyes	face with 143 bae blush date dating eye flirt ily kisses smooches xoxo
😙	kissing_smiling_eyes	face with 143 closed date dating eye flirt ily kiss kisses love night smile
🥲	smiling_face_with_tear	glad grateful happy joy pain proud relieved smile smiley touched
😋	yum	face savoring food delicious eat full hungry savor smile smiling tasty um yummy
😛	stuck_out_tongue	face with awesome cool nice party stuck-out sweet
😜	stuck_out_tongue_winking_eye	face with crazy epic funny joke loopy nutty party stuck-out wacky weirdo wink yolo
🤪	zany_face	crazy eye eyes goofy large small
😝	stuck_out_tongue_closed_eyes	squinting face with eye gross horrible omg stuck-out taste whatever yolo
🤑	money_mouth money_mouth_face	money-mouth paid
🤗	hugging hugging_face	smiling with open hands hug
🤭	face_with_hand_over_mouth	giggle giggling oops realization secret shock sudden surprise whoops
🫢@14	face_with_open_eyes_and_hand_over_mouth	amazement awe disbelief embarrass gasp omg quiet scared shock surprise
🫣@14	face_with_peeking_eye	captivated embarrass hide hiding peek peep scared shy stare
🤫	shushing_face	quiet shh shush
🤔	thinking thinking_face	chin consider hmm ponder pondering wondering
🫡@14	saluting_face	good luck ma’am ok respect salute sir troops yes
🤐	zipper_mouth zipper_mouth_face	keep quiet secret shut zip zipper-mouth
🤨	face_with_raised_eyebrow	disapproval disbelief distrust emoji hmm mild skeptic skeptical skepticism surprise what
😐️	neutral_face	awkward blank deadpan expressionless fine jealous meh oh shade straight unamused unhappy unimpressed whatever
😑	expressionless	face awkward dead fine inexpressive jealous meh not oh omg straight uh unhappy unimpressed whatever
😶	no_mouth	face without awkward blank expressionless mouthless mute quiet secret silence silent speechless
🫥@14	dotted_line_face	depressed disappear hidden hide introvert invisible meh whatever wtv
😶‍🌫️@13	face_in_clouds	absentminded fog head
😏	smirk smirking_face	boss dapper flirt homie kidding leer shade slick sly smug snicker suave suspicious swag
😒	unamused unamused_face	... bored fine jealous jel jelly pissed smh ugh uhh unhappy weird whatever
🙄	rolling_eyes face_with_rolling_eyes	eyeroll shade ugh whatever
😬	grimacing	face awk awkward dentist grimace grinning smile smiling
😮‍💨@13	face_exhaling	blow blowing exhale exhausted gasp groan relief sigh smiley smoke whisper whistle
🤥	lying_face liar	lie pinocchio
🫨@15	shaking_face	crazy daze earthquake omg panic shock surprise vibrate whoa wow
🙂‍↔️@15	head_shaking_horizontally	no shake
🙂‍↕️@15	head_shaking_vertically	nod yes
😌	relieved relieved_face	calm peace relief zen
😔	pensive pensive_face	awful bored dejected died disappointed losing lost sad sucks
😪	sleepy sleepy_face	crying good night sad sleep sleeping tired
🤤	drooling_face drool	
😴	sleeping sleeping_face	bed bedtime good goodnight nap night sleep tired whatever yawn zzz
🫩@16	face_with_bags_under_eyes	bored exhausted fatigued late sleepy tired weary
😷	mask	face with medical cold dentist dermatologist doctor dr germs medicine sick
🤒	thermometer_face face_with_thermometer	ill sick
🤕	head_bandage face_with_head_bandage	head-bandage hurt injury ouch
🤢	nauseated_face sick	gross nasty vomit
🤮	face_vomiting	barf ew gross puke sick spew throw up vomit
🤧	sneezing_face sneeze	fever flu gesundheit sick
🥵	hot_face	dying feverish heat panting red-faced stroke sweating tongue
🥶	cold_face	blue blue-faced freezing frostbite icicles subzero teeth
🥴	woozy_face	dizzy drunk eyes intoxicated mouth tipsy uneven wavy
😵	dizzy_face	with crossed out eyes crossed-out dead feels knocked sick tired
😵‍💫@13	face_with_spiral_eyes	confused dizzy hypnotized omg smiley trouble whoa woah woozy
🤯	exploding_head	blown explode mind mindblown no shocked way
🤠	cowboy face_with_cowboy_hat	cowgirl
🥳	partying_face	bday birthday celebrate celebration excited happy hat hooray horn party
🥸	disguised_face	disguise eyebrow glasses incognito moustache mustache nose person spy tache tash
😎	sunglasses	smiling face with awesome beach bright bro chilling cool rad relaxed shades slay smile style swag win
🤓	nerd nerd_face	brainy clever expert geek gifted glasses intelligent smart
🧐	face_with_monocle	classy fancy rich stuffy wealthy
😕	confused confused_face	befuddled confusing dunno frown hm meh not sad sorry sure
🫤@14	face_with_diagonal_mouth	confused confusion disappointed doubt doubtful frustrated frustration meh skeptical unsure whatever wtv
😟	worried worried_face	anxious butterflies nerves nervous sad stress stressed surprised worry
🙁	slight_frown slightly_frowning_face	sad
☹️	frowning2 white_frowning_face frowning_face	frown sad
😮	open_mouth	face with believe forgot omg shocked surprised sympathy unbelievable unreal whoa wow you
😯	hushed hushed_face	epic omg stunned surprised whoa woah
😲	astonished	face cost no omg shocked totally way
😳	flushed flushed_face	amazed awkward crazy dazed dead disbelief embarrassed geez heat hot impressed jeez what wow
🫪@17	distorted_face	anxiety bloated panic shocked surprised vulnerable
🥺	pleading_face	begging big eyes mercy not please pretty puppy sad why
🥹@14	face_holding_back_tears	admiration aww cry embarrassed feelings grateful gratitude joy please proud resist sad
😦	frowning	face with open mouth caught frown guard scared scary surprise what wow
😧	anguished	face forgot scared scary stressed surprise unhappy what wow
😨	fearful fearful_face	afraid anxious blame fear scared worried
😰	cold_sweat	anxious face with blue eek mouth nervous open rushed scared yikes
😥	disappointed_relieved	sad but face anxious call close complicated not sweat time whew
😢	cry crying_face	awful feels miss sad tear triste unhappy
😭	sob	loudly crying face bawling cry sad tear tears unhappy
😱	scream	face screaming in fear epic fearful munch scared screamer shocked surprised woah
😖	confounded	face annoyed confused cringe distraught feels frustrated mad sad
😣	persevere	persevering face concentrate concentration focus headache
😞	disappointed	face awful blame dejected fail losing sad unhappy
😓	sweat	downcast face with close cold feels headache nervous sad scared yikes
😩	weary weary_face	crying fail feels hungry mad nooo sad sleepy tired unhappy
😫	tired_face	cost feels nap sad sneeze
🥱	yawning_face	bedtime bored goodnight nap night sleep sleepy tired whatever yawn zzz
😤	triumph	face with steam from nose anger angry feels fume fuming furious fury mad unhappy won
😡	rage pouting_face	enraged anger angry feels mad maddening red shade unhappy upset
😠	angry angry_face	anger blame feels frustrated mad maddening rage shade unhappy upset
🤬	face_with_symbols_over_mouth	on censor cursing cussing mad pissed swearing
😈	smiling_imp	face with horns demon devil evil fairy fairytale fantasy purple shade smile tale
👿	imp	angry face with horns demon devil evil fairy fairytale fantasy mischievous purple shade tale
💀	skull skeleton	body dead death face fairy fairytale i’m lmao monster tale yolo
☠️	skull_crossbones skull_and_crossbones	bone dead death face monster
💩	poop shit hankey poo pile_of_poo	bs comic doo dung face fml monster smelly smh stink stinks stinky turd
🤡	clown clown_face	
👹	japanese_ogre ogre	creature devil face fairy fairytale fantasy mask monster scary tale
👺	japanese_goblin goblin	angry creature face fairy fairytale fantasy mask mean monster tale
👻	ghost	boo creature excited face fairy fairytale fantasy halloween haunting monster scary silly tale
👽️	alien	creature extraterrestrial face fairy fairytale fantasy monster space tale ufo
👾	space_invader alien_monster	creature extraterrestrial face fairy fairytale fantasy game gamer games pixelated tale ufo
🤖	robot robot_face	monster
😺	smiley_cat grinning_cat	animal face mouth open smile smiling
😸	smile_cat	grinning with smiling eyes animal eye face grin
😹	joy_cat	with tears of animal face laugh laughing lol tear
😻	heart_eyes_cat	smiling with animal eye face heart-eyes love smile
😼	smirk_cat	with wry smile animal face ironic
😽	kissing_cat	animal closed eye eyes face kiss
🙀	scream_cat weary_cat	animal face oh surprised
😿	crying_cat_face crying_cat	animal cry sad tear
😾	pouting_cat	animal face
🙈	see_no_evil	monkey embarrassed face forbidden forgot gesture hide omg prohibited scared secret smh watch
🙉	hear_no_evil	monkey animal ears face forbidden gesture listen not prohibited secret shh tmi
🙊	speak_no_evil	monkey animal face forbidden gesture not oops prohibited quiet secret stealth
💌	love_letter	heart mail romance valentine
💘	cupid	heart with arrow 143 adorbs date emotion ily love romance valentine
💝	gift_heart	with ribbon 143 anniversary emotion ily kisses valentine xoxo
💖	sparkling_heart	143 emotion excited good ily kisses morning night sparkle xoxo
💗	heartpulse growing_heart	143 emotion excited ily kisses muah nervous pulse xoxo
💓	heartbeat beating_heart	143 cardio emotion ily love pulsating pulse
💞	revolving_hearts	143 adorbs anniversary emotion heart
💕	two_hearts	143 anniversary date dating emotion heart ily kisses love loving xoxo
💟	heart_decoration	143 emotion hearth purple white
❣️	heart_exclamation heavy_heart_exclamation_mark_ornament	punctuation
💔	broken_heart	break crushed emotion heartbroken lonely sad
❤️‍🔥@13	heart_on_fire	burn love lust sacred
❤️‍🩹@13	mending_heart	healthier improving recovering recuperating well
❤️	heart red_heart	emotion love
🩷@15	pink_heart	143 adorable cute emotion ily like love special sweet
🧡	orange_heart	143
💛	yellow_heart	143 cardiac emotion ily love
💚	green_heart	143 emotion ily love romantic
💙	blue_heart	143 emotion ily love romance
🩵@15	light_blue_heart	143 cute cyan emotion ily like love sky special teal
💜	purple_heart	143 bestest emotion ily love
🤎	brown_heart	143
🖤	black_heart	evil wicked
🩶@15	grey_heart	143 emotion gray ily love silver slate special
🤍	white_heart	143
💋	kiss kiss_mark	dating emotion heart kissing lips romance sexy
💯	100	hundred points a+ agree clearly definitely faithful fleek full keep perfect point score true truth yup
💢	anger	symbol angry comic mad upset
🫯@17	fight_cloud	argument brawl debate disagreement ruckus wrestle
💥	boom collision	bomb collide comic explode
💫	dizzy	comic shining shooting star stars
💦	sweat_drops	droplets comic drip droplet splashing squirt water wet work workout
💨	dash dashing_away	cloud comic fart fast go gone gotta running smoke
🕳️	hole	
💬	speech_balloon	bubble comic dialog message sms talk text typing
👁️‍🗨️	eye_in_speech_bubble	balloon witness
🗨️	speech_left left_speech_bubble	balloon dialog
🗯️	anger_right right_anger_bubble	angry balloon mad
💭	thought_balloon	bubble cartoon cloud comic daydream decisions dream idea invent invention realize think thoughts wonder
💤	zzz	comic good goodnight night sleep sleeping sleepy tired
#people
👋+	wave waving_hand	bye cya g2g greetings gtg hello hey hi later outtie ttfn ttyl yo you
🤚+	raised_back_of_hand back_of_hand	backhand
🖐️+	hand_splayed raised_hand_with_fingers_splayed	finger stop
✋️+	raised_hand	five high stop
🖖+	vulcan raised_hand_with_part_between_middle_and_ring_fingers vulcan_salute	finger hands
🫱+@14	rightwards_hand	handshake hold reach right rightward shake
🫲+@14	leftwards_hand	handshake hold left leftward reach shake
🫳+@14	palm_down_hand	dismiss drop dropped pick shoo up
🫴+@14	palm_up_hand	beckon catch come hold know lift me offer tell
🫷+@15	leftwards_pushing_hand	block five halt high hold leftward pause push refuse slap stop wait
🫸+@15	rightwards_pushing_hand	block five halt high hold pause push refuse rightward slap stop wait
👌+	ok_hand	awesome bet dope fleek fosho got gotcha legit okay pinch rad sure sweet three
🤌+	pinched_fingers	gesture hand hold huh interrogation patience relax sarcastic ugh what zip
🤏+	pinching_hand	amount bit fingers little small sort
✌️+	v victory_hand	peace
🤞+	fingers_crossed hand_with_index_and_middle_finger_crossed hand_with_index_and_middle_fingers_crossed	cross luck
🫰+@14	hand_with_index_finger_and_thumb_crossed	<3 expensive heart love money snap
🤟+	love_you_gesture	fingers hand ily love-you three
🤘+	metal sign_of_the_horns	finger hand rock-on
🤙+	call_me call_me_hand	hang loose shaka
👈️+	point_left	backhand index pointing finger hand
👉️+	point_right	backhand index pointing finger hand
👆️+	point_up_2	backhand index pointing finger hand
🖕+	middle_finger reversed_hand_with_middle_finger_extended	
👇️+	point_down	backhand index pointing finger hand
☝️+	point_up	index pointing finger hand this
🫵+@14	index_pointing_at_the_viewer	finger hand poke you
👍️+	thumbsup +1 thumbup thumbs_up	good hand like thumb yes
👎️+	thumbsdown -1 thumbdown thumbs_down	bad dislike good hand no nope thumb
✊️+	fist raised_fist	clenched hand punch solidarity
👊+	punch oncoming_fist	absolutely agree boom bro bruh bump clenched correct hand knuckle pound rock ttyl
🤛+	left_facing_fist left_fist	left-facing leftwards
🤜+	right_facing_fist right_fist	right-facing rightwards
👏+	clap	clapping hands applause approval awesome congrats congratulations excited good great hand homie job nice prayed well yay
🙌+	raised_hands raising_hands	celebration gesture hand hooray praise
🫶+@14	heart_hands	<3 love you
👐+	open_hands	hand hug jazz swerve
🤲+	palms_up_together	cupped dua hands pray prayer wish
🤝+	handshake shaking_hands	agreement deal hand meeting shake
🙏+	pray folded_hands	appreciate ask beg blessed bow cmon five gesture hand high please thanks thx
✍️+	writing_hand	write
💅+	nail_care nail_polish	bored cosmetics done makeup manicure whatever
🤳+	selfie	camera phone
💪+	muscle flexed_biceps	arm beast bench bodybuilder bro curls flex gains gym jacked press ripped strong weightlift
🦾	mechanical_arm	accessibility prosthetic
🦿	mechanical_leg	accessibility prosthetic
🦵+	leg	bent foot kick knee limb
🦶+	foot	ankle feet kick stomp
👂️+	ear	body ears hear hearing listen listening sound
🦻+	ear_with_hearing_aid	accessibility hard
👃+	nose	body noses nosey odor smell smells
🧠	brain	intelligent smart
🫀	anatomical_heart	beat cardiology heartbeat organ pulse real red
🫁	lungs	breath breathe exhalation inhalation lung organ respiration
🦷	tooth	dentist pearly teeth white
🦴	bone	bones dog skeleton wishbone
👀	eyes	body eye face googly look looking omg peep see seeing
👁️	eye	body one
👅	tongue	body lick slurp
👄	lips mouth	beauty body kiss kissing lipstick
🫦@14	biting_lip	anxious bite fear flirt flirting kiss lipstick nervous sexy uncomfortable worried worry
👶+	baby	babies children goo infant newborn pregnant young
🧒+	child	bright-eyed grandchild kid young younger
👦+	boy	bright-eyed child grandson kid son young younger
👧+	girl	bright-eyed child daughter granddaughter kid virgo young younger zodiac
🧑+	adult person	
👱+	blond_haired_person person_with_blond_hair	blond-haired human
👨+	man	adult bro
🧔+	bearded_person person_beard	whiskers
🧔‍♂️+@13	man_beard	bearded whiskers
🧔‍♀️+@13	woman_beard	bearded whiskers
👨‍🦰+	man_red_haired man_red_hair	adult bro
👨‍🦱+	man_curly_haired	hair adult bro
👨‍🦳+	man_white_haired	hair adult bro
👨‍🦲+	man_bald	adult bro
👩+	woman	adult lady
👩‍🦰+	woman_red_haired	hair adult lady
🧑‍🦰+	person_red_hair	adult
👩‍🦱+	woman_curly_haired	hair adult lady
🧑‍🦱+	person_curly_hair	adult
👩‍🦳+	woman_white_haired	hair adult lady
🧑‍🦳+	person_white_hair	adult
👩‍🦲+	woman_bald	adult lady
🧑‍🦲+	person_bald	adult
👱‍♀️+	blond-haired_woman	blond hair blonde
👱‍♂️+	blond-haired_man	blond hair
🧓+	older_adult older_person	elderly grandparent old wise
👴+	older_man old_man	adult bald elderly gramps grandfather grandpa wise
👵+	older_woman grandma old_woman	adult elderly grandmother granny lady wise
🙍+	person_frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♂️+	man_frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♀️+	woman_frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙎+	person_pouting person_with_pouting_face	disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♂️+	man_pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♀️+	woman_pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙅+	person_gesturing_no no_good	forbidden gesture hand not prohibit
🙅‍♂️+	man_gesturing_no	forbidden gesture hand not prohibit
🙅‍♀️+	woman_gesturing_no	forbidden gesture hand not prohibit
🙆+	person_gesturing_ok ok_woman	exercise gesture hand omg
🙆‍♂️+	man_gesturing_ok	exercise gesture hand omg
🙆‍♀️+	woman_gesturing_ok	exercise gesture hand omg
💁+	person_tipping_hand information_desk_person	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♂️+	man_tipping_hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♀️+	woman_tipping_hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
🙋+	person_raising_hand raising_hand	gesture here know me pick question raise
🙋‍♂️+	man_raising_hand	gesture here know me pick question raise
🙋‍♀️+	woman_raising_hand	gesture here know me pick question raise
🧏+	deaf_person	accessibility ear gesture hear
🧏‍♂️+	deaf_man	accessibility ear gesture hear
🧏‍♀️+	deaf_woman	accessibility ear gesture hear
🙇+	person_bowing bow	apology ask beg favor forgive gesture meditate meditation pity regret sorry
🙇‍♂️+	man_bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♀️+	woman_bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🤦+	person_facepalming face_palm facepalm	again bewilder disbelief exasperation no not oh omg shock smh
🤦‍♂️+	man_facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♀️+	woman_facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤷+	person_shrugging shrug	doubt dunno guess idk ignorance indifference knows maybe whatever who
🤷‍♂️+	man_shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♀️+	woman_shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🧑‍⚕️+	health_worker	doctor healthcare nurse therapist
👨‍⚕️+	man_health_worker	doctor healthcare nurse therapist
👩‍⚕️+	woman_health_worker	doctor healthcare nurse therapist
🧑‍🎓+	student	graduate
👨‍🎓+	man_student	graduate
👩‍🎓+	woman_student	graduate
🧑‍🏫+	teacher	instructor lecturer professor
👨‍🏫+	man_teacher	instructor lecturer professor
👩‍🏫+	woman_teacher	instructor lecturer professor
🧑‍⚖️+	judge	justice law scales
👨‍⚖️+	man_judge	justice law scales
👩‍⚖️+	woman_judge	justice law scales
🧑‍🌾+	farmer	gardener rancher
👨‍🌾+	man_farmer	gardener rancher
👩‍🌾+	woman_farmer	gardener rancher
🧑‍🍳+	cook	chef
👨‍🍳+	man_cook	chef
👩‍🍳+	woman_cook	chef
🧑‍🔧+	mechanic	electrician plumber tradesperson
👨‍🔧+	man_mechanic	electrician plumber tradesperson
👩‍🔧+	woman_mechanic	electrician plumber tradesperson
🧑‍🏭+	factory_worker	assembly industrial
👨‍🏭+	man_factory_worker	assembly industrial
👩‍🏭+	woman_factory_worker	assembly industrial
🧑‍💼+	office_worker	architect business manager white-collar
👨‍💼+	man_office_worker	architect business manager white-collar
👩‍💼+	woman_office_worker	architect business manager white-collar
🧑‍🔬+	scientist	biologist chemist engineer mathematician physicist
👨‍🔬+	man_scientist	biologist chemist engineer mathematician physicist
👩‍🔬+	woman_scientist	biologist chemist engineer mathematician physicist
🧑‍💻+	technologist	coder computer developer inventor software
👨‍💻+	man_technologist	coder computer developer inventor software
👩‍💻+	woman_technologist	coder computer developer inventor software
🧑‍🎤+	singer	actor entertainer rock rockstar star
👨‍🎤+	man_singer	actor entertainer rock rockstar star
👩‍🎤+	woman_singer	actor entertainer rock rockstar star
🧑‍🎨+	artist	palette
👨‍🎨+	man_artist	palette
👩‍🎨+	woman_artist	palette
🧑‍✈️+	pilot	plane
👨‍✈️+	man_pilot	plane
👩‍✈️+	woman_pilot	plane
🧑‍🚀+	astronaut	rocket space
👨‍🚀+	man_astronaut	rocket space
👩‍🚀+	woman_astronaut	rocket space
🧑‍🚒+	firefighter	fire firetruck
👨‍🚒+	man_firefighter	fire firetruck
👩‍🚒+	woman_firefighter	fire firetruck
👮+	police_officer cop	apprehend arrest citation law over pulled undercover
👮‍♂️+	man_police_officer	apprehend arrest citation cop law over pulled undercover
👮‍♀️+	woman_police_officer	apprehend arrest citation cop law over pulled undercover
🕵️+	detective spy sleuth_or_spy	
🕵️‍♂️+	man_detective	sleuth spy
🕵️‍♀️+	woman_detective	sleuth spy
💂+	guard guardsman	buckingham helmet london palace
💂‍♂️+	man_guard	buckingham helmet london palace
💂‍♀️+	woman_guard	buckingham helmet london palace
🥷+	ninja	assassin fight fighter hidden person secret skills sly soldier stealth war
👷+	construction_worker	build fix hardhat hat man person rebuild remodel repair work
👷‍♂️+	man_construction_worker	build fix hardhat hat rebuild remodel repair work
👷‍♀️+	woman_construction_worker	build fix hardhat hat man rebuild remodel repair work
🫅+@14	person_with_crown	monarch noble regal royal royalty
🤴+	prince	crown fairy fairytale fantasy king royal royalty tale
👸+	princess	crown fairy fairytale fantasy queen royal royalty tale
👳+	person_wearing_turban man_with_turban	
👳‍♂️+	man_wearing_turban	
👳‍♀️+	woman_wearing_turban	
👲+	man_with_chinese_cap man_with_gua_pi_mao	person skullcap guapi hat
🧕+	woman_with_headscarf	bandana head hijab kerchief mantilla tichel
🤵+	person_in_tuxedo tuxedo	formal wedding
🤵‍♂️+	man_in_tuxedo	formal groom wedding
🤵‍♀️+	woman_in_tuxedo	formal wedding
👰+	person_with_veil	wedding
👰‍♂️+	man_with_veil	wedding
👰‍♀️+	woman_with_veil	bride wedding
🤰+	pregnant_woman expecting_woman	
🫃+@14	pregnant_man	belly bloated full overeat
🫄+@14	pregnant_person	belly bloated full overeat stuffed
🤱+	breast_feeding	baby mom mother nursing woman
👩‍🍼+	woman_feeding_baby	feed mom mother nanny newborn nursing
👨‍🍼+	man_feeding_baby	dad father feed nanny newborn nursing
🧑‍🍼+	person_feeding_baby	feed nanny newborn nursing parent
👼+	angel baby_angel	church face fairy fairytale fantasy tale
🎅+	santa santa_claus	celebration christmas fairy fantasy father holiday merry tale xmas
🤶+	mrs_claus mother_christmas	celebration fairy fantasy holiday merry santa tale xmas
🧑‍🎄+	mx_claus	celebration christmas fairy fantasy holiday merry santa tale xmas
🦸+	superhero	good hero superpower
🦸‍♂️+	man_superhero	good hero superpower
🦸‍♀️+	woman_superhero	good hero heroine superpower
🦹+	supervillain	bad criminal evil superpower villain
🦹‍♂️+	man_supervillain	bad criminal evil superpower villain
🦹‍♀️+	woman_supervillain	bad criminal evil superpower villain
🧙+	mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♂️+	man_mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♀️+	woman_mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧚+	fairy	fairytale fantasy myth person pixie tale wings
🧚‍♂️+	man_fairy	fairytale fantasy myth oberon person pixie puck tale wings
🧚‍♀️+	woman_fairy	fairytale fantasy myth person pixie tale titania wings
🧛+	vampire	blood dracula fangs halloween scary supernatural teeth undead
🧛‍♂️+	man_vampire	blood fangs halloween scary supernatural teeth undead
🧛‍♀️+	woman_vampire	blood fangs halloween scary supernatural teeth undead
🧜+	merperson	creature fairytale folklore ocean sea siren trident
🧜‍♂️+	merman	creature fairytale folklore neptune ocean poseidon sea siren trident triton
🧜‍♀️+	mermaid	creature fairytale folklore merwoman ocean sea siren trident
🧝+	elf	elves enchantment fantasy folklore magic magical myth
🧝‍♂️+	man_elf	elves enchantment fantasy folklore magic magical myth
🧝‍♀️+	woman_elf	elves enchantment fantasy folklore magic magical myth
🧞	genie	djinn fantasy jinn lamp myth rub wishes
🧞‍♂️	man_genie	djinn fantasy jinn lamp myth rub wishes
🧞‍♀️	woman_genie	djinn fantasy jinn lamp myth rub wishes
🧟	zombie	apocalypse dead halloween horror scary undead walking
🧟‍♂️	man_zombie	apocalypse dead halloween horror scary undead walking
🧟‍♀️	woman_zombie	apocalypse dead halloween horror scary undead walking
🧌@14	troll	fairy fantasy monster tale trolling
🫈@17	hairy_creature	bigfoot cryptid forest giant sasquatch woodwose yeti
💆+	person_getting_massage massage	face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♂️+	man_getting_face_massage	headache relax relaxing salon soothe spa tension therapy treatment
💆‍♀️+	woman_getting_face_massage	headache relax relaxing salon soothe spa tension therapy treatment
💇+	person_getting_haircut haircut	barber beauty chop cosmetology cut groom hair parlor shears style
💇‍♂️+	man_getting_haircut	barber beauty chop cosmetology cut groom hair parlor person shears style
💇‍♀️+	woman_getting_haircut	barber beauty chop cosmetology cut groom hair parlor person shears style
🚶+	person_walking walking	amble gait hike man pace pedestrian stride stroll walk
🚶‍♂️+	man_walking	amble gait hike pace pedestrian stride stroll walk
🚶‍♀️+	woman_walking	amble gait hike man pace pedestrian stride stroll walk
🚶‍➡️+@15	person_walking_facing_right	amble gait hike man pace pedestrian stride stroll walk
🚶‍♀️‍➡️+@15	woman_walking_facing_right	amble gait hike man pace pedestrian stride stroll walk
🚶‍♂️‍➡️+@15	man_walking_facing_right	amble gait hike pace pedestrian stride stroll walk
🧍+	person_standing	stand
🧍‍♂️+	man_standing	stand
🧍‍♀️+	woman_standing	stand
🧎+	person_kneeling	kneel knees
🧎‍♂️+	man_kneeling	kneel knees
🧎‍♀️+	woman_kneeling	kneel knees
🧎‍➡️+@15	person_kneeling_facing_right	kneel knees
🧎‍♀️‍➡️+@15	woman_kneeling_facing_right	kneel knees
🧎‍♂️‍➡️+@15	man_kneeling_facing_right	kneel knees
🧑‍🦯+	person_with_probing_cane	white accessibility blind
🧑‍🦯‍➡️+@15	person_with_white_cane_facing_right	accessibility blind probing
👨‍🦯+	man_with_probing_cane	white accessibility blind
👨‍🦯‍➡️+@15	man_with_white_cane_facing_right	accessibility blind probing
👩‍🦯+	woman_with_probing_cane	white accessibility blind
👩‍🦯‍➡️+@15	woman_with_white_cane_facing_right	accessibility blind probing
🧑‍🦼+	person_in_motorized_wheelchair	accessibility
🧑‍🦼‍➡️+@15	person_in_motorized_wheelchair_facing_right	accessibility
👨‍🦼+	man_in_motorized_wheelchair	accessibility
👨‍🦼‍➡️+@15	man_in_motorized_wheelchair_facing_right	accessibility
👩‍🦼+	woman_in_motorized_wheelchair	accessibility
👩‍🦼‍➡️+@15	woman_in_motorized_wheelchair_facing_right	accessibility
🧑‍🦽+	person_in_manual_wheelchair	accessibility
🧑‍🦽‍➡️+@15	person_in_manual_wheelchair_facing_right	accessibility
👨‍🦽+	man_in_manual_wheelchair	accessibility
👨‍🦽‍➡️+@15	man_in_manual_wheelchair_facing_right	accessibility
👩‍🦽+	woman_in_manual_wheelchair	accessibility
👩‍🦽‍➡️+@15	woman_in_manual_wheelchair_facing_right	accessibility
🏃+	person_running runner	fast hurry marathon move quick race racing run rush speed
🏃‍♂️+	man_running	fast hurry marathon move quick race racing run rush speed
🏃‍♀️+	woman_running	fast hurry marathon move quick race racing run rush speed
🏃‍➡️+@15	person_running_facing_right	fast hurry marathon move quick race racing run rush speed
🏃‍♀️‍➡️+@15	woman_running_facing_right	fast hurry marathon move quick race racing run rush speed
🏃‍♂️‍➡️+@15	man_running_facing_right	fast hurry marathon move quick race racing run rush speed
🧑‍🩰+@17	ballet_dancer	
💃+	dancer woman_dancing	dance elegant festive flair flamenco groove let’s salsa tango
🕺+	man_dancing male_dancer	dance elegant festive flair flamenco groove let’s salsa tango
🕴️+	levitate man_in_business_suit_levitating	person
👯+	people_with_bunny_ears_partying dancers people_with_bunny_ears	bestie bff counterpart dancer double ear identical pair party soulmate twin twinsies
👯‍♂️+	men_with_bunny_ears_partying men_with_bunny_ears	bestie bff counterpart dancer double ear identical pair party people soulmate twin twinsies
👯‍♀️+	women_with_bunny_ears_partying women_with_bunny_ears	bestie bff counterpart dancer double ear identical pair party people soulmate twin twinsies
🧖+	person_in_steamy_room	day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♂️+	man_in_steamy_room	day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♀️+	woman_in_steamy_room	day luxurious pamper relax sauna spa steam steambath unwind
🧗+	person_climbing	climb climber mountain rock scale up
🧗‍♂️+	man_climbing	climb climber mountain rock scale up
🧗‍♀️+	woman_climbing	climb climber mountain rock scale up
🤺	person_fencing fencer fencing	sword
🏇+	horse_racing	jockey racehorse riding sport
⛷️	skier	ski snow
🏂️+	snowboarder	ski snow snowboard sport
🏌️+	person_golfing golfer	ball birdie caddy driving golf green pga putt range tee
🏌️‍♂️+	man_golfing	ball birdie caddy driving golf green pga putt range tee
🏌️‍♀️+	woman_golfing	ball birdie caddy driving golf green pga putt range tee
🏄️+	person_surfing surfer	beach ocean sport surf swell waves
🏄‍♂️+	man_surfing	beach ocean sport surf surfer swell waves
🏄‍♀️+	woman_surfing	beach ocean person sport surf surfer swell waves
🚣+	person_rowing_boat rowboat	canoe cruise fishing lake oar paddle raft river row
🚣‍♂️+	man_rowing_boat	canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♀️+	woman_rowing_boat	canoe cruise fishing lake oar paddle raft river row rowboat
🏊️+	person_swimming swimmer	freestyle sport swim triathlon
🏊‍♂️+	man_swimming	freestyle sport swim swimmer triathlon
🏊‍♀️+	woman_swimming	freestyle man sport swim swimmer triathlon
⛹️+	person_bouncing_ball basketball_player person_with_ball	athletic championship dribble net throw
⛹️‍♂️+	man_bouncing_ball	athletic basketball championship dribble net player throw
⛹️‍♀️+	woman_bouncing_ball	athletic basketball championship dribble net player throw
🏋️+	person_lifting_weights lifter weight_lifter	barbell bodybuilder deadlift powerlifting weightlifter workout
🏋️‍♂️+	man_lifting_weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🏋️‍♀️+	woman_lifting_weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🚴+	person_biking bicyclist	bicycle bike cycle cyclist riding sport
🚴‍♂️+	man_biking	bicycle bicyclist bike cycle cyclist riding sport
🚴‍♀️+	woman_biking	bicycle bicyclist bike cycle cyclist riding sport
🚵+	person_mountain_biking mountain_bicyclist	bicycle bike cycle cyclist riding sport
🚵‍♂️+	man_mountain_biking	bicycle bicyclist bike cycle cyclist riding sport
🚵‍♀️+	woman_mountain_biking	bicycle bicyclist bike cycle cyclist riding sport
🤸+	person_doing_cartwheel cartwheel	cartwheeling active excited flip gymnastics happy somersault
🤸‍♂️+	man_cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤸‍♀️+	woman_cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤼+	people_wrestling wrestlers wrestling	combat duel grapple ring tournament wrestle
🤼‍♂️+	men_wrestling	combat duel grapple ring tournament wrestle
🤼‍♀️+	women_wrestling	combat duel grapple ring tournament wrestle
🤽+	person_playing_water_polo water_polo	sport swimming waterpolo
🤽‍♂️+	man_playing_water_polo	sport swimming waterpolo
🤽‍♀️+	woman_playing_water_polo	sport swimming waterpolo
🤾+	person_playing_handball handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♂️+	man_playing_handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♀️+	woman_playing_handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤹+	person_juggling juggling juggler	act balance balancing handle juggle manage multitask skill
🤹‍♂️+	man_juggling	act balance balancing handle juggle manage multitask skill
🤹‍♀️+	woman_juggling	act balance balancing handle juggle manage multitask skill
🧘+	person_in_lotus_position	cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♂️+	man_in_lotus_position	cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♀️+	woman_in_lotus_position	cross legged legs meditation peace relax serenity yoga yogi zen
🛀+	bath	person taking bathtub tub
🛌+	sleeping_accommodation person_in_bed	bedtime good goodnight hotel nap night sleep tired zzz
🧑‍🤝‍🧑+	people_holding_hands	bae bestie bff couple dating flirt friends hand hold twins
👭+	two_women_holding_hands women_holding_hands	bae bestie bff couple dating flirt friends girls hand hold sisters twins
👫+	couple woman_and_man_holding_hands	bae bestie bff dating flirt friends hand hold twins
👬+	two_men_holding_hands men_holding_hands	bae bestie bff boys brothers couple dating flirt friends hand hold twins
💏+	couplekiss kiss_person_person	anniversary babe bae couple date dating heart love mwah romance together xoxo
👩‍❤️‍💋‍👨+	kiss_woman_man	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👨‍❤️‍💋‍👨+	kiss_mm couplekiss_mm kiss_man_man	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👩+	kiss_ww couplekiss_ww kiss_woman_woman	anniversary babe bae couple date dating heart love mwah person romance together xoxo
💑+	couple_with_heart couple_with_heart_person_person	anniversary babe bae dating kiss love relationship romance together you
👩‍❤️‍👨+	couple_with_heart_woman_man	anniversary babe bae dating kiss love person relationship romance together you
👨‍❤️‍👨+	couple_mm couple_with_heart_mm couple_with_heart_man_man	anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👩+	couple_ww couple_with_heart_ww couple_with_heart_woman_woman	anniversary babe bae dating kiss love person relationship romance together you
👨‍👩‍👦	family_man_woman_boy	child
👨‍👩‍👧	family_mwg	man woman girl child
👨‍👩‍👧‍👦	family_mwgb	man woman girl boy child
👨‍👩‍👦‍👦	family_mwbb	man woman boy child
👨‍👩‍👧‍👧	family_mwgg	man woman girl child
👨‍👨‍👦	family_mmb	man boy child
👨‍👨‍👧	family_mmg	man girl child
👨‍👨‍👧‍👦	family_mmgb	man girl boy child
👨‍👨‍👦‍👦	family_mmbb	man boy child
👨‍👨‍👧‍👧	family_mmgg	man girl child
👩‍👩‍👦	family_wwb	woman boy child
👩‍👩‍👧	family_wwg	woman girl child
👩‍👩‍👧‍👦	family_wwgb	woman girl boy child
👩‍👩‍👦‍👦	family_wwbb	woman boy child
👩‍👩‍👧‍👧	family_wwgg	woman girl child
👨‍👦	family_man_boy	child
👨‍👦‍👦	family_man_boy_boy	child
👨‍👧	family_man_girl	child
👨‍👧‍👦	family_man_girl_boy	child
👨‍👧‍👧	family_man_girl_girl	child
👩‍👦	family_woman_boy	child
👩‍👦‍👦	family_woman_boy_boy	child
👩‍👧	family_woman_girl	child
👩‍👧‍👦	family_woman_girl_boy	child
👩‍👧‍👧	family_woman_girl_girl	child
🗣️	speaking_head speaking_head_in_silhouette	face speak
👤	bust_in_silhouette	mysterious shadow
👥	busts_in_silhouette	bff bust everyone friend friends people
🫂	people_hugging	comfort embrace farewell friendship goodbye hello hug love thanks
👪️	family	child
🧑‍🧑‍🧒@15	family_adult_adult_child	
🧑‍🧑‍🧒‍🧒@15	family_adult_adult_child_child	
🧑‍🧒@15	family_adult_child	
🧑‍🧒‍🧒@15	family_adult_child_child	
👣	footprints	barefoot clothing footprint omw print walk
🫆@16	fingerprint	clue crime detective forensics identity mystery print safety trace
#nature
🐵	monkey_face	animal banana
🐒	monkey	animal banana
🦍	gorilla	animal
🦧	orangutan	animal ape monkey
🐶	dog dog_face	adorbs animal pet puppies puppy
🐕️	dog2	dog animal animals dogs pet
🦮	guide_dog	accessibility animal blind
🐕‍🦺	service_dog	accessibility animal assistance
🐩	poodle	animal dog fluffy
🐺	wolf	animal face
🦊	fox fox_face	animal
🦝	raccoon	animal curious sly
🐱	cat cat_face	animal kitten kitty pet
🐈️	cat2	cat animal animals cats kitten pet
🐈‍⬛	black_cat	animal feline halloween meow unlucky
🦁	lion_face lion	alpha animal leo mane order rawr roar safari strong zodiac
🐯	tiger tiger_face	animal big cat predator
🐅	tiger2	tiger animal big cat predator zoo
🐆	leopard	animal big cat predator zoo
🐴	horse horse_face	animal dressage equine farm horses
🫎@15	moose	alces animal antlers elk mammal
🫏@15	donkey	animal ass burro hinny mammal mule stubborn
🐎	racehorse	horse animal equestrian farm racing
🦄	unicorn unicorn_face	
🦓	zebra	animal stripe
🦌	deer	animal
🦬	bison	animal buffalo herd wisent
🐮	cow cow_face	animal farm milk moo
🐂	ox	animal animals bull farm taurus zodiac
🐃	water_buffalo	animal zoo
🐄	cow2	cow animal animals farm milk moo
🐷	pig pig_face	animal bacon farm pork
🐖	pig2	pig animal bacon farm pork sow
🐗	boar	animal pig
🐽	pig_nose	animal face farm smell snout
🐏	ram	animal aries horns male sheep zodiac zoo
🐑	sheep ewe	animal baa farm female fluffy lamb wool
🐐	goat	animal capricorn farm milk zodiac
🐪	dromedary_camel	animal desert hump one
🐫	camel	two hump animal bactrian desert two-hump
🦙	llama	alpaca animal guanaco vicuña wool
🦒	giraffe	animal spots
🐘	elephant	animal
🦣	mammoth	animal extinction large tusk wooly
🦏	rhino rhinoceros	animal
🦛	hippopotamus	animal hippo
🐭	mouse mouse_face	animal
🐁	mouse2	mouse animal animals
🐀	rat	animal
🐹	hamster	animal face pet
🐰	rabbit rabbit_face	animal bunny pet
🐇	rabbit2	rabbit animal bunny pet
🐿️	chipmunk	animal squirrel
🦫	beaver	animal dam teeth
🦔	hedgehog	animal spiny
🦇	bat	animal vampire
🐻	bear	animal face grizzly growl honey
🐻‍❄️	polar_bear	animal arctic white
🐨	koala	animal australia bear down face marsupial under
🐼	panda_face panda	animal bamboo
🦥	sloth	lazy slow
🦦	otter	animal fishing playful
🦨	skunk	animal stink
🦘	kangaroo	animal joey jump marsupial
🦡	badger	animal honey pester
🐾	feet paw_prints	paws print
🦃	turkey	bird gobble thanksgiving
🐔	chicken	animal bird ornithology
🐓	rooster	animal bird ornithology
🐣	hatching_chick	animal baby bird egg
🐤	baby_chick	animal bird ornithology
🐥	hatched_chick	front facing baby animal bird front-facing newborn ornithology
🐦️	bird	animal ornithology
🐧	penguin	animal antarctica bird ornithology
🕊️	dove dove_of_peace	bird fly ornithology
🦅	eagle	animal bird ornithology
🦆	duck	animal bird ornithology
🦢	swan	animal bird cygnet duckling ornithology ugly
🦉	owl	animal bird ornithology wise
🦤	dodo	animal bird extinction large ornithology
🪶	feather	bird flight light plumage
🦩	flamingo	animal bird flamboyant ornithology tropical
🦚	peacock	animal bird colorful ornithology ostentatious peahen pretty proud
🦜	parrot	animal bird ornithology pirate talk
🪽@15	wing	angelic ascend aviation bird fly flying heavenly mythology soar
🐦‍⬛@15	black_bird	animal beak caw corvid crow ornithology raven rook
🪿@15	goose	animal bird duck flock fowl gaggle gander geese honk ornithology silly
🐦‍🔥@15	phoenix	ascend ascension emerge fantasy firebird glory immortal rebirth reincarnation reinvent renewal revival revive rise transform
🐸	frog	animal face
🐊	crocodile	animal zoo
🐢	turtle	animal terrapin tortoise
🦎	lizard	animal reptile
🐍	snake	animal bearer ophiuchus serpent zodiac
🐲	dragon_face	animal fairy fairytale tale
🐉	dragon	animal fairy fairytale knights tale
🦕	sauropod	brachiosaurus brontosaurus dinosaur diplodocus
🦖	t_rex	dinosaur t-rex tyrannosaurus
🐳	whale	spouting animal beach face ocean
🐋	whale2	whale animal beach ocean
🐬	dolphin	animal beach flipper ocean
🫍@17	orca	marine ocean whale
🦭	seal	animal lion ocean sea
🐟️	fish	animal dinner fishes fishing pisces zodiac
🐠	tropical_fish	animal fishes
🐡	blowfish	animal fish
🦈	shark	animal fish
🐙	octopus	animal creature ocean
🐚	shell spiral_shell	animal beach conch sea
🪸@14	coral	change climate ocean reef sea
🪼@15	jellyfish	animal aquarium burn invertebrate jelly life marine ocean ouch plankton sea sting stinger tentacles
🦀	crab	cancer zodiac
🦞	lobster	animal bisque claws seafood
🦐	shrimp	food shellfish small
🦑	squid	animal food mollusk
🦪	oyster	diving pearl
🐌	snail	animal escargot garden nature slug
🦋	butterfly	insect pretty
🐛	bug	animal garden insect
🐜	ant	animal garden insect
🐝	bee honeybee	animal bumblebee honey insect nature spring
🪲	beetle	animal bug insect
🐞	lady_beetle	animal garden insect ladybird ladybug nature
🦗	cricket	animal bug grasshopper insect orthoptera
🪳	cockroach	animal insect pest roach
🕷️	spider	animal insect
🕸️	spider_web	
🦂	scorpion	scorpio scorpius zodiac
🦟	mosquito	bite disease fever insect malaria pest virus
🪰	fly	animal disease insect maggot pest rotting
🪱	worm	animal annelid earthworm parasite
🦠	microbe	amoeba bacteria science virus
💐	bouquet	anniversary birthday date flower love plant romance
🌸	cherry_blossom	flower plant spring springtime
💮	white_flower	
🪷@14	lotus	beauty buddhism calm flower hinduism peace purity serenity
🏵️	rosette	plant
🌹	rose	beauty elegant flower love plant red valentine
🥀	wilted_rose wilted_flower	dying
🌺	hibiscus	flower plant
🌻	sunflower	flower outdoors plant sun
🌼	blossom	buttercup dandelion flower plant
🌷	tulip	blossom flower growth plant
🪻@15	hyacinth	bloom bluebonnet flower indigo lavender lilac lupine plant purple shrub snapdragon spring violet
🌱	seedling	plant sapling sprout young
🪴	potted_plant	decor grow house nurturing pot
🌲	evergreen_tree	christmas forest pine
🌳	deciduous_tree	forest green habitat shedding
🌴	palm_tree	beach plant tropical
🌵	cactus	desert drought nature plant
🌾	ear_of_rice sheaf_of_rice	grain grains plant
🌿	herb	leaf plant
☘️	shamrock	irish plant
🍀	four_leaf_clover	four-leaf irish lucky plant
🍁	maple_leaf	falling
🍂	fallen_leaf	autumn fall falling
🍃	leaves	leaf fluttering in wind blow flutter
🪹@14	empty_nest	branch home nesting
🪺@14	nest_with_eggs	bird branch egg nesting
🍄	mushroom	fungus toadstool
🪾@16	leafless_tree	bare barren branches dead drought trunk winter wood
#food
🍇	grapes	dionysus fruit grape
🍈	melon	cantaloupe fruit
🍉	watermelon	fruit
🍊	tangerine	citrus fruit nectarine orange vitamin
🍋	lemon	citrus fruit sour
🍋‍🟩@15	lime	acidity citrus cocktail fruit garnish key margarita mojito refreshing salsa sour tangy tequila tropical zest
🍌	banana	fruit potassium
🍍	pineapple	colada fruit pina tropical
🥭	mango	food fruit tropical
🍎	apple red_apple	diet food fruit health ripe
🍏	green_apple	fruit
🍐	pear	fruit
🍑	peach	fruit
🍒	cherries	berries cherry fruit red
🍓	strawberry	berry fruit
🫐	blueberries	berries berry bilberry blue blueberry food fruit
🥝	kiwi kiwifruit kiwi_fruit	food
🍅	tomato	food fruit vegetable
🫒	olive	food
🥥	coconut	colada palm piña
🥑	avocado	food fruit
🍆	eggplant	aubergine vegetable
🥔	potato	food vegetable
🥕	carrot	food vegetable
🌽	corn ear_of_corn	crops farm maize maze
🌶️	hot_pepper	
🫑	bell_pepper	capsicum food vegetable
🥒	cucumber	food pickle vegetable
🥬	leafy_green	bok burgers cabbage choy kale lettuce salad
🥦	broccoli	cabbage wild
🧄	garlic	flavoring
🧅	onion	flavoring
🥜	peanuts shelled_peanut	food nut vegetable
🫘@14	beans	food kidney legume small
🌰	chestnut	almond plant
🫚@15	ginger_root	beer health herb natural spice
🫛@15	pea_pod	beans beanstalk edamame legume soybean vegetable veggie
🍄‍🟫@15	brown_mushroom	food fungi fungus nature pizza portobello shiitake shroom spore sprout toppings truffle vegetable vegetarian veggie
🫜@16	root_vegetable	beet food garden radish salad turnip vegetarian
🍞	bread	carbs food grain loaf restaurant toast wheat
🥐	croissant	bread breakfast crescent food french roll
🥖	french_bread baguette_bread	food
🫓	flatbread	arepa bread food gordita lavash naan pita
🥨	pretzel	convoluted twisted
🥯	bagel	bakery bread breakfast schmear
🥞	pancakes	breakfast crêpe food hotcake pancake
🧇	waffle	breakfast indecisive iron
🧀	cheese cheese_wedge	
🍖	meat_on_bone	
🍗	poultry_leg	bone chicken drumstick hungry turkey
🥩	cut_of_meat	chop lambchop porkchop red steak
🥓	bacon	breakfast food meat
🍔	hamburger	burger eat fast food hungry
🍟	fries french_fries	fast food
🍕	pizza	cheese food hungry pepperoni slice
🌭	hotdog hot_dog	frankfurter sausage
🥪	sandwich	bread
🌮	taco	mexican
🌯	burrito	mexican wrap
🫔	tamale	food mexican pamonha wrapped
🥙	stuffed_flatbread stuffed_pita	falafel food gyro kebab
🧆	falafel	chickpea meatball
🥚	egg	breakfast food
🍳	cooking	breakfast easy egg fry frying over pan restaurant side sunny up
🥘	shallow_pan_of_food paella	casserole
🍲	stew pot_of_food	soup
🫕	fondue	cheese chocolate food melted pot ski
🥣	bowl_with_spoon	breakfast cereal congee oatmeal porridge
🥗	salad green_salad	food
🍿	popcorn	corn movie pop
🧈	butter	dairy
🧂	salt	condiment flavor mad salty shaker taste upset
🥫	canned_food	can
🍱	bento bento_box	food
🍘	rice_cracker	food
🍙	rice_ball	food japanese
🍚	rice cooked_rice	food
🍛	curry curry_rice	food
🍜	ramen steaming_bowl	chopsticks food noodle pho soup
🍝	spaghetti	food meatballs pasta restaurant
🍠	sweet_potato	roasted food
🍢	oden	food kebab restaurant seafood skewer stick
🍣	sushi	food
🍤	fried_shrimp	prawn tempura
🍥	fish_cake	with swirl food pastry restaurant
🥮	moon_cake	autumn festival yuèbǐng
🍡	dango	dessert japanese skewer stick sweet
🥟	dumpling	empanada gyōza jiaozi pierogi potsticker
🥠	fortune_cookie	prophecy
🥡	takeout_box	chopsticks delivery food oyster pail
🍦	icecream	soft ice cream dessert food restaurant serve sweet
🍧	shaved_ice	dessert restaurant sweet
🍨	ice_cream	dessert food restaurant sweet
🍩	doughnut	breakfast dessert donut food sweet
🍪	cookie	chip chocolate dessert sweet
🎂	birthday birthday_cake	bday celebration dessert happy pastry sweet
🍰	cake shortcake	dessert pastry slice sweet
🧁	cupcake	bakery dessert sprinkles sugar sweet treat
🥧	pie	apple filling fruit meat pastry pumpkin slice
🍫	chocolate_bar	candy dessert halloween sweet tooth
🍬	candy	cavities dessert halloween restaurant sweet tooth wrapper
🍭	lollipop	candy dessert food restaurant sweet
🍮	custard pudding flan	dessert sweet
🍯	honey_pot	barrel bear food honeypot jar sweet
🍼	baby_bottle	babies birth born drink infant milk newborn
🥛	milk glass_of_milk	drink
☕️	coffee hot_beverage	cafe caffeine chai drink morning steaming tea
🫖	teapot	brew drink food pot tea
🍵	tea	teacup without handle beverage cup drink oolong
🍶	sake	bar beverage bottle cup drink restaurant
🍾	champagne bottle_with_popping_cork	bar drink
🍷	wine_glass	alcohol bar beverage booze club drink drinking drinks restaurant
🍸️	cocktail	glass alcohol bar booze club drink drinking drinks mad martini men
🍹	tropical_drink	alcohol bar booze club cocktail drinking drinks drunk mai party tai tropics
🍺	beer beer_mug	alcohol ale bar booze drink drinking drinks octoberfest oktoberfest pint stein summer
🍻	beers	clinking beer mugs alcohol bar booze bottoms cheers clink drinking drinks
🥂	champagne_glass clinking_glass	glasses celebrate clink drink
🥃	tumbler_glass whisky	liquor scotch shot whiskey
🫗@14	pouring_liquid	accident drink empty glass oops pour spill water
🥤	cup_with_straw	drink juice malt soda soft water
🧋	bubble_tea	boba food milk pearl
🧃	beverage_box	juice straw sweet
🧉	mate	drink
🧊	ice_cube	cold iceberg
🥢	chopsticks	hashi jeotgarak kuaizi
🍽️	fork_knife_plate fork_and_knife_with_plate	cooking dinner eat
🍴	fork_and_knife	breakfast breaky cooking cutlery delicious dinner eat feed food hungry lunch restaurant yum yummy
🥄	spoon	eat tableware
🔪	knife kitchen_knife	chef cooking hocho tool weapon
🫙@14	jar	condiment container empty nothing sauce store
🏺	amphora	aquarius cooking drink jug tool weapon zodiac
#travel
🌍️	earth_africa	globe showing europe europe-africa world
🌎️	earth_americas	globe showing world
🌏️	earth_asia	globe showing australia asia-australia world
🌐	globe_with_meridians	earth internet web world worldwide
🗺️	map world_map	
🗾	japan map_of_japan	
🧭	compass	direction magnetic navigation orienteering
🏔️	mountain_snow snow_capped_mountain	cold snow-capped
⛰️	mountain	
🛘@17	landslide	avalanche danger disaster earthquake mountain mudslide rocks
🌋	volcano	eruption mountain nature
🗻	mount_fuji	mountain nature
🏕️	camping	
🏖️	beach beach_with_umbrella	
🏜️	desert	
🏝️	island desert_island	
🏞️	park national_park	
🏟️	stadium	
🏛️	classical_building	
🏗️	construction_site building_construction	crane
🧱	bricks brick	clay mortar wall
🪨	rock	boulder heavy solid stone tough
🪵	wood	log lumber timber
🛖	hut	home house roundhouse shelter yurt
🏘️	homes house_buildings houses	
🏚️	house_abandoned derelict_house_building	home
🏠️	house	building country heart home ranch settle simple suburban suburbia where
🏡	house_with_garden	building country heart home ranch settle simple suburban suburbia where
🏢	office	building city cubical job
🏣	post_office	japanese building
🏤	european_post_office	building
🏥	hospital	building doctor medicine
🏦	bank	building
🏨	hotel	building
🏩	love_hotel	building
🏪	convenience_store	24 building hours
🏫	school	building
🏬	department_store	building
🏭️	factory	building
🏯	japanese_castle	building
🏰	european_castle castle	building
💒	wedding	chapel hitched nuptials romance
🗼	tokyo_tower	
🗽	statue_of_liberty	new ny nyc york
⛪️	church	bless chapel christian cross religion
🕌	mosque	islam masjid muslim religion
🛕	hindu_temple	
🕍	synagogue	jew jewish judaism religion temple
⛩️	shinto_shrine	religion
🕋	kaaba	hajj islam muslim religion umrah
⛲️	fountain	
⛺️	tent	camping
🌁	foggy	fog
🌃	night_with_stars	star
🏙️	cityscape	city
🌄	sunrise_over_mountains	morning sun
🌅	sunrise	morning nature sun
🌆	city_dusk	cityscape at building evening landscape sun sunset
🌇	city_sunset city_sunrise sunset	building dusk sun
🌉	bridge_at_night	
♨️	hotsprings hot_springs	steaming
🎠	carousel_horse	entertainment
🛝@14	playground_slide	amusement park play playing sliding theme
🎡	ferris_wheel	amusement park theme
🎢	roller_coaster	amusement park theme
💈	barber barber_pole	cut fresh haircut shave
🎪	circus_tent	
🚂	steam_locomotive locomotive	caboose engine railway train trains travel
🚃	railway_car	electric train tram travel trolleybus
🚄	bullettrain_side	high speed train high-speed railway shinkansen
🚅	bullettrain_front bullet_train	high-speed nose railway shinkansen speed travel
🚆	train2	train arrived choo railway
🚇️	metro	subway travel
🚈	light_rail	arrived monorail railway
🚉	station	railway train
🚊	tram	trolleybus
🚝	monorail	vehicle
🚞	mountain_railway	car trip
🚋	train tram_car	bus trolley trolleybus
🚌	bus	school vehicle
🚍️	oncoming_bus	cars
🚎	trolleybus	bus tram trolley
🚐	minibus	bus drive van vehicle
🚑️	ambulance	emergency vehicle
🚒	fire_engine	truck
🚓	police_car	5–0 cops patrol
🚔️	oncoming_police_car	
🚕	taxi	cab cabbie car drive vehicle yellow
🚖	oncoming_taxi	cab cabbie cars drove hail yellow
🚗	red_car automobile	driving vehicle
🚘️	oncoming_automobile	car cars drove vehicle
🚙	blue_car	sport utility vehicle drive recreational sportutility
🛻	pickup_truck	automobile car flatbed pick-up transportation
🚚	truck	delivery car drive vehicle
🚛	articulated_lorry	car drive move semi truck vehicle
🚜	tractor	vehicle
🏎️	race_car racing_car	zoom
🏍️	motorcycle racing_motorcycle	
🛵	motor_scooter motorbike	
🦽	manual_wheelchair	accessibility
🦼	motorized_wheelchair	accessibility
🛺	auto_rickshaw	tuk
🚲️	bike bicycle	class cycle cycling cyclist gang ride spin spinning
🛴	scooter kick_scooter	
🛹	skateboard	board skate skater wheels
🛼	roller_skate	blades skates sport
🚏	busstop bus_stop	
🛣️	motorway	highway road
🛤️	railway_track railroad_track	train
🛢️	oil oil_drum	
⛽️	fuelpump fuel_pump	diesel gas gasoline station
🛞@14	wheel	car circle tire turn vehicle
🚨	rotating_light	police car alarm alert beacon emergency revolving siren
🚥	traffic_light	horizontal intersection signal stop stoplight
🚦	vertical_traffic_light	drove intersection signal stop stoplight
🛑	octagonal_sign stop_sign	
🚧	construction	barrier
⚓️	anchor	ship tool
🛟@14	ring_buoy	float life lifesaver preserver rescue safety save saver swim
⛵️	sailboat	boat resort sailing sea yacht
🛶	canoe kayak	boat
🚤	speedboat	billionaire boat lake luxury millionaire summer travel
🛳️	cruise_ship passenger_ship	
⛴️	ferry	boat passenger
🛥️	motorboat motor_boat	
🚢	ship	boat passenger travel
✈️	airplane	aeroplane fly flying jet plane travel
🛩️	airplane_small small_airplane	aeroplane plane
🛫	airplane_departure	aeroplane check-in departures plane
🛬	airplane_arriving	arrival aeroplane arrivals landing plane
🪂	parachute	hang-glide parasail skydive
💺	seat	chair
🚁	helicopter	copter roflcopter travel vehicle
🚟	suspension_railway	
🚠	mountain_cableway	cable gondola lift ski
🚡	aerial_tramway	cable car gondola ropeway
🛰️	satellite_orbital	space
🚀	rocket	launch rockets space travel
🛸	flying_saucer	aliens extra terrestrial ufo
🛎️	bellhop bellhop_bell	hotel
🧳	luggage	bag packing roller suitcase travel
⌛️	hourglass	done sand time timer
⏳️	hourglass_flowing_sand	not done hours timer waiting yolo
⌚️	watch	clock time
⏰️	alarm_clock	hours hrs late time waiting
⏱️	stopwatch	clock time
⏲️	timer timer_clock	
🕰️	clock mantlepiece_clock	mantelpiece time
🕛️	clock12 twelve_oclock	clock 12 12:00 o’clock time
🕧️	clock1230 twelve_thirty	12 12:30 30 clock time
🕐️	clock1 one_oclock	clock 1:00 o’clock time
🕜️	clock130 one_thirty	1:30 30 clock time
🕑️	clock2 two_oclock	clock 2:00 o’clock time
🕝️	clock230 two_thirty	2:30 30 clock time
🕒️	clock3 three_oclock	clock 3:00 o’clock time
🕞️	clock330 three_thirty	30 3:30 clock time
🕓️	clock4 four_oclock	clock 4:00 o’clock time
🕟️	clock430 four_thirty	30 4:30 clock time
🕔️	clock5 five_oclock	clock 5:00 o’clock time
🕠️	clock530 five_thirty	30 5:30 clock time
🕕️	clock6 six_oclock	clock 6:00 o’clock time
🕡️	clock630 six_thirty	30 6:30 clock
🕖️	clock7 seven_oclock	clock 7:00 o’clock
🕢️	clock730 seven_thirty	30 7:30 clock
🕗️	clock8 eight_oclock	clock 8:00 o’clock time
🕣️	clock830 eight_thirty	30 8:30 clock time
🕘️	clock9 nine_oclock	clock 9:00 o’clock time
🕤️	clock930 nine_thirty	30 9:30 clock time
🕙️	clock10 ten_oclock	clock 10 10:00 o’clock
🕥️	clock1030 ten_thirty	10 10:30 30 clock time
🕚️	clock11 eleven_oclock	clock 11 11:00 o’clock time
🕦️	clock1130 eleven_thirty	11 11:30 30 clock time
🌑	new_moon	dark space
🌒	waxing_crescent_moon	dreams space
🌓	first_quarter_moon	space
🌔	waxing_gibbous_moon	space
🌕️	full_moon	space
🌖	waning_gibbous_moon	space
🌗	last_quarter_moon	space
🌘	waning_crescent_moon	space
🌙	crescent_moon	ramadan space
🌚	new_moon_with_face new_moon_face	space
🌛	first_quarter_moon_with_face	space
🌜️	last_quarter_moon_with_face	dreams
🌡️	thermometer	weather
☀️	sunny sun	bright rays space weather
🌝	full_moon_with_face	bright
🌞	sun_with_face	beach bright day heat shine sunny sunshine weather
🪐	ringed_planet	saturn saturnine
⭐️	star	astronomy medium stars white
🌟	star2 glowing_star	glittery glow night shining sparkle win
🌠	stars shooting_star	falling night space
🌌	milky_way	space
☁️	cloud	weather
⛅️	partly_sunny	sun behind cloud cloudy weather
⛈️	thunder_cloud_rain thunder_cloud_and_rain	with lightning thunderstorm
🌤️	white_sun_small_cloud white_sun_with_small_cloud	behind weather
🌥️	white_sun_cloud white_sun_behind_cloud	large weather
🌦️	white_sun_rain_cloud white_sun_behind_cloud_with_rain	weather
🌧️	cloud_rain cloud_with_rain	weather
🌨️	cloud_snow cloud_with_snow	cold weather
🌩️	cloud_lightning cloud_with_lightning	weather
🌪️	cloud_tornado cloud_with_tornado tornado	weather whirlwind
🌫️	fog	cloud weather
🌬️	wind_blowing_face wind_face	blow cloud
🌀	cyclone	dizzy hurricane twister typhoon weather
🌈	rainbow	gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia nature pride queer rain trans transgender weather
🌂	closed_umbrella	clothing rain
☂️	umbrella2	umbrella clothing rain
☔️	umbrella	with rain drops clothing drop weather
⛱️	beach_umbrella umbrella_on_ground	rain sun
⚡️	zap high_voltage	danger electric electricity lightning nature thunder thunderbolt
❄️	snowflake	cold snow weather
☃️	snowman2	snowman cold man snow
⛄️	snowman	without snow cold man
☄️	comet	space
🔥	fire flame	af burn hot lit litaf tool
💧	droplet	cold comic drop nature sad sweat tear water weather
🌊	ocean water_wave	nature surf surfer surfing
#activities
🎃	jack_o_lantern	celebration halloween pumpkin
🎄	christmas_tree	celebration
🎆	fireworks	boom celebration entertainment yolo
🎇	sparkler	boom celebration fireworks sparkle
🧨	firecracker	dynamite explosive fire fireworks light pop popping spark
✨️	sparkles	magic sparkle star
🎈	balloon	birthday celebrate celebration
🎉	tada party_popper	awesome birthday celebrate celebration excited hooray woohoo
🎊	confetti_ball	celebrate celebration party woohoo
🎋	tanabata_tree	banner celebration japanese
🎍	bamboo	pine decoration celebration japanese plant
🎎	dolls	japanese celebration doll festival
🎏	flags carp_streamer	celebration
🎐	wind_chime	bell celebration
🎑	rice_scene	moon viewing ceremony celebration
🧧	red_envelope	gift good hóngbāo lai luck money see
🎀	ribbon	celebration
🎁	gift wrapped_gift	birthday bow box celebration christmas present surprise
🎗️	reminder_ribbon	celebration
🎟️	tickets admission_tickets	ticket
🎫	ticket	admission stub
🎖️	military_medal	award celebration
🏆️	trophy	champion champs prize slay sport victory win winning
🏅	medal sports_medal	award gold winner
🥇	first_place first_place_medal	1st gold
🥈	second_place second_place_medal	2nd silver
🥉	third_place third_place_medal	3rd bronze
⚽️	soccer soccer_ball	football futbol sport
⚾️	baseball	ball sport
🥎	softball	ball glove sports underarm
🏀	basketball	ball hoop sport
🏐	volleyball	ball game
🏈	football	american ball bowl sport super
🏉	rugby_football	ball sport
🎾	tennis	ball racquet sport
🥏	flying_disc	ultimate
🎳	bowling	ball game sport strike
🏏	cricket_game cricket_bat_ball	
🏑	field_hockey	ball game stick
🏒	hockey ice_hockey	game puck stick
🥍	lacrosse	ball goal sports stick
🏓	ping_pong table_tennis	ball bat game paddle pingpong
🏸	badminton	birdie game racquet shuttlecock
🥊	boxing_glove boxing_gloves	
🥋	martial_arts_uniform karate_uniform	judo taekwondo
🥅	goal goal_net	
⛳️	golf flag_in_hole	sport
⛸️	ice_skate	skating
🎣	fishing_pole_and_fish fishing_pole	entertainment sport
🤿	diving_mask	scuba snorkeling
🎽	running_shirt_with_sash running_shirt	athletics
🎿	ski skis	snow sport
🛷	sled	luge sledge sleigh snow toboggan
🥌	curling_stone	game rock
🎯	dart direct_hit	bullseye bull entertainment game target
🪀	yo_yo	fluctuate toy
🪁	kite	fly soar
🔫	gun pistol	water handgun revolver tool weapon
🎱	8ball	pool ball billiard eight game
🔮	crystal_ball	fairy fairytale fantasy fortune future magic tale tool
🪄	magic_wand	magician witch wizard
🎮️	video_game	controller entertainment
🕹️	joystick	game video videogame
🎰	slot_machine	casino gamble gambling game slots
🎲	game_die	dice entertainment
🧩	jigsaw puzzle_piece	clue interlocking
🧸	teddy_bear	plaything plush stuffed toy
🪅	piñata	candy celebrate celebration cinco de festive mayo party pinada pinata
🪩@14	mirror_ball	dance disco glitter party
🪆	nesting_dolls	babooshka baboushka babushka doll matryoshka russia
♠️	spades spade_suit	card game
♥️	hearts heart_suit	card emotion game
♦️	diamonds diamond_suit	card game
♣️	clubs club_suit	card game
♟️	chess_pawn	dupe expendable
🃏	black_joker joker	card game wildcard
🀄️	mahjong	red dragon game
🎴	flower_playing_cards	card game japanese
🎭️	performing_arts	actor actress art entertainment mask theater theatre thespian
🖼️	frame_photo frame_with_picture	framed art museum painting
🎨	art	artist palette artsy arty colorful creative entertainment museum painter painting
🧵	thread	needle sewing spool string
🪡	sewing_needle	embroidery sew stitches sutures tailoring thread
🧶	yarn	ball crochet knit
🪢	knot	cord rope tangled tie twine twist
#objects
👓️	eyeglasses glasses	clothing eye eyewear
🕶️	dark_sunglasses	eye eyewear glasses
🥽	goggles	dive eye protection scuba swimming welding
🥼	lab_coat	clothes doctor dr experiment jacket scientist white
🦺	safety_vest	emergency
👔	necktie	clothing employed serious shirt tie
👕	shirt t_shirt	blue casual clothes clothing collar dressed shopping tshirt weekend
👖	jeans	blue casual clothes clothing denim dressed pants shopping trousers weekend
🧣	scarf	bundle cold neck up
🧤	gloves	hand
🧥	coat	brr bundle cold jacket up
🧦	socks	stocking
👗	dress	clothes clothing dressed fancy shopping
👘	kimono	clothing comfortable
🥻	sari	clothing dress
🩱	one_piece_swimsuit	bathing one-piece suit
🩲	briefs	bathing one-piece suit swimsuit underwear
🩳	shorts	bathing pants suit swimsuit underwear
👙	bikini	bathing beach clothing pool suit swim
👚	womans_clothes	woman blouse clothing collar dress dressed lady shirt shopping woman’s
🪭@15	folding_hand_fan	clack clap cool cooling dance flirt flutter hot shy
👛	purse	clothes clothing coin dress fancy handbag shopping
👜	handbag	bag clothes clothing dress lady purse shopping
👝	pouch clutch_bag	clothes clothing dress handbag purse
🛍️	shopping_bags	bag hotel
🎒	school_satchel backpack	backpacking bag bookbag education rucksack
🩴	thong_sandal	beach flip flop sandals shoe thongs zōri
👞	mans_shoe	man brown clothes clothing feet foot kick man’s shoes shopping
👟	athletic_shoe running_shoe	clothes clothing fast kick shoes shopping sneaker tennis
🥾	hiking_boot	backpacking brown camping outdoors shoe
🥿	womans_flat_shoe flat_shoe	ballet comfy flats slip-on slipper
👠	high_heel	heeled shoe clothes clothing dress fashion heels high-heeled shoes shopping stiletto woman
👡	sandal womans_sandal	woman clothing shoe woman’s
🩰	ballet_shoes	dance
👢	boot womans_boot	woman clothes clothing dress shoe shoes shopping woman’s
🪮@15	hair_pick	afro comb groom
👑	crown	clothing family king medieval queen royal royalty win
👒	womans_hat	woman clothes clothing garden hats party woman’s
🎩	tophat top_hat	clothes clothing fancy formal magic
🎓️	mortar_board	graduation cap celebration clothing education hat scholar
🧢	billed_cap	baseball bent dad hat
🪖	military_helmet	army soldier war warrior
⛑️	helmet_with_cross helmet_with_white_cross	rescue worker aid face hat worker’s
📿	prayer_beads	clothing necklace religion
💄	lipstick	cosmetics date makeup
💍	ring	diamond engaged engagement married romance shiny sparkling wedding
💎	gem gem_stone	diamond engagement jewel money romance wedding
🔇	mute muted_speaker	quiet silent sound
🔈️	speaker	low volume soft sound
🔉	sound	speaker medium volume
🔊	loud_sound	speaker high volume music
📢	loudspeaker	address communication loud public sound
📣	mega megaphone	cheering sound
📯	postal_horn	post
🔔	bell	break church sound
🔕	no_bell	with slash forbidden mute not prohibited quiet silent sound
🎼	musical_score	music note
🎵	musical_note	music sound
🎶	notes musical_notes	music note sound
🎙️	microphone2 studio_microphone	mic music
🎚️	level_slider	music
🎛️	control_knobs	music
🎤	microphone	karaoke mic music sing sound
🎧️	headphones headphone	earbud sound
📻️	radio	entertainment tbt video
🎷	saxophone	instrument music sax
🎺	trumpet	instrument music
🪊@17	trombone	brass instrument jazz music sad slide
🪗	accordion	box concertina instrument music squeeze squeezebox
🎸	guitar	instrument music strat
🎹	musical_keyboard	instrument music piano
🎻	violin	instrument music
🪕	banjo	music stringed
🥁	drum drum_with_drumsticks	music
🪘	long_drum	beat conga instrument rhythm
🪇@15	maracas	cha dance instrument music party percussion rattle shake shaker
🪈@15	flute	band fife flautist instrument marching music orchestra piccolo pipe recorder woodwind
🪉@16	harp	cupid instrument love music orchestra
📱	mobile_phone	cell communication telephone
📲	calling	mobile phone with arrow build call cell communication receive telephone
☎️	telephone	phone
📞	telephone_receiver	communication phone voip
📟️	pager	communication
📠	fax fax_machine	communication
🔋	battery	
🪫@14	low_battery	drained electronic energy power
🔌	electric_plug	electricity
💻️	computer	laptop office pc personal
🖥️	desktop desktop_computer	monitor
🖨️	printer	computer
⌨️	keyboard	computer
🖱️	mouse_three_button three_button_mouse	computer
🖲️	trackball	computer
💽	minidisc computer_disk	minidisk optical
💾	floppy_disk	computer
💿️	cd optical_disk	blu-ray computer dvd
📀	dvd	blu-ray cd computer disk optical
🧮	abacus	calculation calculator
🎥	movie_camera	bollywood cinema film hollywood record
🎞️	film_frames	cinema movie
📽️	projector film_projector	cinema movie video
🎬️	clapper clapper_board	action movie
📺️	tv television	video
📷️	camera	photo selfie snap tbt trip video
📸	camera_with_flash	video
📹️	video_camera	camcorder tbt
📼	vhs videocassette	old school tape vcr video
🔍️	mag	magnifying glass tilted left lab left-pointing science search tool
🔎	mag_right	magnifying glass tilted contact lab right-pointing science search tool
🕯️	candle	light
💡	bulb light_bulb	comic electric idea
🔦	flashlight	electric light tool torch
🏮	izakaya_lantern	red paper bar light restaurant
🪔	diya_lamp	light oil
📔	notebook_with_decorative_cover	book decorated education school writing
📕	closed_book	education
📖	book open_book	education fantasy knowledge library novels reading
📗	green_book	education fantasy library reading
📘	blue_book	education fantasy library reading
📙	orange_book	education fantasy library reading
📚️	books	book education fantasy knowledge library novels reading school study
📓	notebook	
📒	ledger	notebook
📃	page_with_curl	document paper
📜	scroll	paper
📄	page_facing_up	document paper
📰	newspaper	communication news paper
🗞️	newspaper2 rolled_up_newspaper	news paper rolled-up
📑	bookmark_tabs	mark marker
🔖	bookmark	mark
🏷️	label	tag
🪙	coin	dollar euro gold metal money rich silver treasure
💰️	moneybag money_bag	bank bet billion cash cost dollar gold million paid paying pot rich win
🪎@17	treasure_chest	gem gold jewels loot money prize silver valuables wealth
💴	yen yen_banknote	bank bill currency money note
💵	dollar	banknote bank bill currency money note
💶	euro euro_banknote	100 bank bill currency money note rich
💷	pound	banknote bank bill billion cash currency money note pounds
💸	money_with_wings	bank banknote bill billion cash dollar fly million note pay
💳️	credit_card	bank cash charge money pay
🧾	receipt	accounting bookkeeping evidence invoice proof
💹	chart	increasing with yen bank currency graph growth market money rise trend upward
✉️	envelope	e-mail email letter
📧	e-mail email e_mail	letter
📨	incoming_envelope	delivering e-mail email letter mail receive sent
📩	envelope_with_arrow	communication down e-mail email letter mail outgoing send sent
📤️	outbox_tray	box email letter mail sent
📥️	inbox_tray	box email letter mail receive zero
📦️	package	box communication delivery parcel shipping
📫️	mailbox	closed with raised flag communication mail postbox
📪️	mailbox_closed	with lowered flag mail postbox
📬️	mailbox_with_mail	open raised flag postbox
📭️	mailbox_with_no_mail	open lowered flag postbox
📮	postbox	mail mailbox
🗳️	ballot_box ballot_box_with_ballot	
✏️	pencil2	pencil
✒️	black_nib	pen
🖋️	pen_fountain lower_left_fountain_pen fountain_pen	
🖊️	pen_ballpoint lower_left_ballpoint_pen pen	
🖌️	paintbrush lower_left_paintbrush	painting
🖍️	crayon lower_left_crayon	
📝	pencil memo	communication media notes
💼	briefcase	office
📁	file_folder	
📂	open_file_folder	
🗂️	dividers card_index_dividers	
📅	date	calendar
📆	calendar	tear off tear-off
🗒️	notepad_spiral spiral_note_pad	
🗓️	calendar_spiral spiral_calendar_pad	
📇	card_index	old rolodex school
📈	chart_with_upwards_trend	increasing data graph growth right up upward
📉	chart_with_downwards_trend	decreasing data down downward graph negative
📊	bar_chart	data graph
📋️	clipboard	do list notes
📌	pushpin	collage pin
📍	round_pushpin	location map pin
📎	paperclip	
🖇️	paperclips linked_paperclips	link paperclip
📏	straight_ruler	angle edge math straightedge
📐	triangular_ruler	angle math rule set slide triangle
✂️	scissors	cut cutting paper tool
🗃️	card_box card_file_box	
🗄️	file_cabinet	filing paper
🗑️	wastebasket	can garbage trash waste
🔒️	lock locked	closed private
🔓️	unlock unlocked	cracked lock open
🔏	lock_with_ink_pen	locked nib privacy
🔐	closed_lock_with_key	locked bike secure
🔑	key	keys lock major password unlock
🗝️	key2 old_key	clue lock
🔨	hammer	home improvement repairs tool
🪓	axe	ax chop hatchet split wood
⛏️	pick	hammer mining tool
⚒️	hammer_pick hammer_and_pick	tool
🛠️	tools hammer_and_wrench	spanner tool
🗡️	dagger dagger_knife	weapon
⚔️	crossed_swords	weapon
💣️	bomb	boom comic dangerous explosion hot
🪃	boomerang	rebound repercussion weapon
🏹	bow_and_arrow archery	archer sagittarius tool weapon zodiac
🛡️	shield	weapon
🪚	carpentry_saw	carpenter cut lumber tool trim
🔧	wrench	home improvement spanner tool
🪛	screwdriver	flathead handy screw tool
🔩	nut_and_bolt	home improvement tool
⚙️	gear	cog cogwheel tool
🗜️	compression clamp	compress tool vice
⚖️	scales balance_scale	justice libra tool weight zodiac
🦯	probing_cane	white accessibility blind
🔗	link	links
⛓️‍💥@15	broken_chain	break breaking cuffs freedom
⛓️	chains	chain
🪝	hook	catch crook curve ensnare point selling
🧰	toolbox	box chest mechanic red tool
🧲	magnet	attraction horseshoe magnetic negative positive shape
🪜	ladder	climb rung step
🪏@16	shovel	bury dig garden hole plant scoop snow spade
⚗️	alembic	chemistry tool
🧪	test_tube	chemist chemistry experiment lab science
🧫	petri_dish	bacteria biologist biology culture lab
🧬	dna	biologist evolution gene genetics life
🔬	microscope	experiment lab science tool
🔭	telescope	contact extraterrestrial science tool
📡	satellite	antenna aliens contact dish science
💉	syringe	doctor flu medicine needle shot sick tool vaccination
🩸	drop_of_blood	bleed donation injury medicine menstruation
💊	pill	doctor drugs medicated medicine pills sick vitamin
🩹	adhesive_bandage	
🩼@14	crutch	aid cane disability help hurt injured mobility stick
🩺	stethoscope	doctor heart medicine
🩻@14	x_ray	bones doctor medical skeleton skull xray
🚪	door	back closet front
🛗	elevator	accessibility hoist lift
🪞	mirror	makeup reflection reflector speculum
🪟	window	air frame fresh opening transparent view
🛏️	bed	hotel sleep
🛋️	couch couch_and_lamp	hotel
🪑	chair	seat sit
🚽	toilet	bathroom
🪠	plunger	cup force plumber poop suction toilet
🚿	shower	water
🛁	bathtub	bath
🪤	mouse_trap	bait cheese lure mousetrap snare
🪒	razor	sharp shave
🧴	squeeze_bottle lotion_bottle	moisturizer shampoo sunscreen
🧷	safety_pin	diaper punk rock
🧹	broom	cleaning sweeping witch
🧺	basket	farming laundry picnic
🧻	roll_of_paper	toilet towels
🪣	bucket	cask pail vat
🧼	soap	bar bathing clean cleaning lather soapdish
🫧@14	bubbles	bubble burp clean floating pearl soap underwater
🪥	toothbrush	bathroom brush clean dental hygiene teeth toiletry
🧽	sponge	absorbing cleaning porous soak
🧯	fire_extinguisher	extinguish quench
🛒	shopping_cart shopping_trolley	
🚬	smoking cigarette	
⚰️	coffin	dead death vampire
🪦	headstone	cemetery dead grave graveyard memorial rip tomb tombstone
⚱️	urn funeral_urn	ashes death
🧿	nazar_amulet	bead blue charm evil-eye talisman
🪬@14	hamsa	amulet fatima fortune guide hand mary miriam palm protect protection
🗿	moyai moai	face statue stoneface travel
🪧	placard	card demonstration notice picket plaque protest sign
🪪@14	identification_card	credentials document id license security
#symbols
🏧	atm	sign automated bank cash money teller
🚮	put_litter_in_its_place	bin sign litterbin
🚰	potable_water	drinking
♿️	wheelchair	symbol access handicap
🚹️	mens mens_room	men bathroom lavatory man men’s restroom toilet wc
🚺️	womens womens_room	women bathroom lavatory restroom toilet wc woman women’s
🚻	restroom	bathroom lavatory toilet wc
🚼️	baby_symbol	changing
🚾	wc water_closet	bathroom lavatory restroom toilet
🛂	passport_control	
🛃	customs	packing
🛄	baggage_claim	arrived bags case checked journey packing plane ready travel trip
🛅	left_luggage	baggage case locker
⚠️	warning	caution
🚸	children_crossing	child pedestrian traffic
⛔️	no_entry	do fail forbidden not pass prohibited traffic
🚫	no_entry_sign prohibited	forbidden not smoke
🚳	no_bicycles	bicycle bike forbidden not prohibited
🚭️	no_smoking	forbidden not prohibited smoke
🚯	do_not_litter no_littering	forbidden prohibited
🚱	non-potable_water	non potable dry non-drinking prohibited
🚷	no_pedestrians	forbidden not pedestrian prohibited
📵	no_mobile_phones	cell forbidden not phone prohibited telephone
🔞	underage	no one under eighteen 18 age forbidden not prohibited restriction
☢️	radioactive radioactive_sign	
☣️	biohazard biohazard_sign	
⬆️	arrow_up up_arrow	cardinal direction north
↗️	arrow_upper_right	up direction intercardinal northeast up-right
➡️	arrow_right right_arrow	cardinal direction east
↘️	arrow_lower_right	down direction down-right intercardinal southeast
⬇️	arrow_down down_arrow	cardinal direction south
↙️	arrow_lower_left	down direction down-left intercardinal southwest
⬅️	arrow_left left_arrow	cardinal direction west
↖️	arrow_upper_left up_left_arrow	direction intercardinal northwest up-left
↕️	arrow_up_down up_down_arrow	up-down
↔️	left_right_arrow	left-right
↩️	leftwards_arrow_with_hook	right curving left
↪️	arrow_right_hook	left curving
⤴️	arrow_heading_up	right curving
⤵️	arrow_heading_down	right curving
🔃	arrows_clockwise	vertical arrow refresh reload
🔄	arrows_counterclockwise	button again anticlockwise arrow deja refresh rewindershins vu
🔙	back back_arrow	
🔚	end end_arrow	
🔛	on on_arrow	mark on!
🔜	soon soon_arrow	brb omw
🔝	top top_arrow	homie up
🛐	place_of_worship worship_symbol	pray religion
⚛️	atom atom_symbol	atheist
🕉️	om_symbol	hindu religion
✡️	star_of_david	jew jewish judaism religion
☸️	wheel_of_dharma	buddhist religion
☯️	yin_yang	difficult lives religion tao taoist total yinyang
✝️	cross latin_cross	christ christian religion
☦️	orthodox_cross	christian religion
☪️	star_and_crescent	islam muslim ramadan religion
☮️	peace peace_symbol	healing peaceful
🕎	menorah	candelabrum candlestick hanukkah jewish judaism religion
🔯	six_pointed_star	dotted fortune jewish judaism six-pointed
🪯@15	khanda	deg fateh khalsa religion sikh sikhism tegh
♈️	aries	horoscope ram zodiac
♉️	taurus	bull horoscope ox zodiac
♊️	gemini	horoscope twins zodiac
♋️	cancer	crab horoscope zodiac
♌️	leo	horoscope lion zodiac
♍️	virgo	horoscope zodiac
♎️	libra	balance horoscope justice scales zodiac
♏️	scorpius scorpio	horoscope scorpion zodiac
♐️	sagittarius	archer horoscope zodiac
♑️	capricorn	goat horoscope zodiac
♒️	aquarius	bearer horoscope water zodiac
♓️	pisces	fish horoscope zodiac
⛎️	ophiuchus	bearer serpent snake zodiac
🔀	twisted_rightwards_arrows	shuffle tracks button arrow crossed
🔁	repeat	button arrow clockwise
🔂	repeat_one	single button arrow clockwise once
▶️	arrow_forward	play button right triangle
⏩️	fast_forward	button arrow double fast-forward
⏭️	track_next next_track	button arrow scene triangle
⏯️	play_pause	or button arrow right triangle
◀️	arrow_backward	reverse button left triangle
⏪️	rewind	fast reverse button arrow double
⏮️	track_previous previous_track	last button arrow scene triangle
🔼	arrow_up_small	upwards button red
⏫️	arrow_double_up	fast button
🔽	arrow_down_small	downwards button red
⏬️	arrow_double_down	fast button
⏸️	pause_button double_vertical_bar	
⏹️	stop_button	square
⏺️	record_button	circle
⏏️	eject eject_symbol	button
🎦	cinema	camera film movie
🔅	low_brightness	dim button
🔆	high_brightness	bright button light
📶	signal_strength antenna_bars	bar cell communication mobile phone telephone
🛜@15	wireless	broadband computer connectivity hotspot internet network router smartphone wi-fi wifi wlan
📳	vibration_mode	cell communication mobile phone telephone
📴	mobile_phone_off	cell telephone
♀️	female_sign	woman
♂️	male_sign	man
⚧️	transgender_symbol	
✖️	heavy_multiplication_x	multiply cancel sign
➕️	heavy_plus_sign	
➖️	heavy_minus_sign	math
➗️	heavy_division_sign	divide math
🟰@14	heavy_equals_sign	answer equal equality math
♾️	infinity	forever unbounded universal
‼️	bangbang	double exclamation mark !! punctuation
⁉️	interrobang	exclamation question mark !? punctuation
❓️	question question_mark	red punctuation
❔️	grey_question	white mark outlined punctuation
❕️	grey_exclamation	white mark outlined punctuation
❗️	exclamation	red mark punctuation
〰️	wavy_dash	punctuation
💱	currency_exchange	bank money
💲	heavy_dollar_sign	billion cash charge currency million money pay
⚕️	medical_symbol	aesculapius medicine staff
♻️	recycle	recycling symbol
⚜️	fleur-de-lis fleur_de_lis	knights
🔱	trident	emblem anchor poseidon ship tool
📛	name_badge	
🔰	beginner	japanese symbol for chevron green leaf tool yellow
⭕️	o	hollow red circle heavy large
✅️	white_check_mark	button checked checkmark complete completed done fixed tick
☑️	ballot_box_with_check	checked done off tick
✔️	heavy_check_mark check_mark	checked checkmark done tick
❌️	x cross_mark	cancel multiplication multiply
❎️	negative_squared_cross_mark	button multiplication multiply square
➰️	curly_loop	curl
➿️	loop	double curly curl
〽️	part_alternation_mark	
✳️	eight_spoked_asterisk	eight-spoked
✴️	eight_pointed_black_star	eight-pointed
❇️	sparkle	
©️	copyright	
®️	registered	
™️	tm trade_mark	trademark
🫟@16	splatter	drip holi ink liquid mess paint spill stain
#️⃣	hash pound_symbol	keycap
*️⃣	asterisk keycap_asterisk asterisk_symbol	
0️⃣	zero digit_zero	keycap
1️⃣	one digit_one	keycap
2️⃣	two digit_two	keycap
3️⃣	three digit_three	keycap
4️⃣	four digit_four	keycap
5️⃣	five digit_five	keycap
6️⃣	six digit_six	keycap
7️⃣	seven digit_seven	keycap
8️⃣	eight digit_eight	keycap
9️⃣	nine digit_nine	keycap
🔟	keycap_ten	10
🔠	capital_abcd	input latin uppercase letters
🔡	abcd	input latin lowercase letters
🔢	1234 input_numbers	
🔣	symbols input_symbols	
🔤	abc	input latin letters alphabet
🅰️	a	button blood type
🆎	ab	button blood type
🅱️	b	button blood type
🆑	cl	button
🆒	cool	button
🆓	free	button
ℹ️	information_source information	
🆔	id	button identity
Ⓜ️	m circled_m	circle
🆕	new	button
🆖	ng	button
🅾️	o2	button blood type
🆗	ok	button okay
🅿️	parking	button
🆘	sos	button help
🆙	up	button mark up!
🆚	vs	button versus
🈁	koko	japanese here button katakana
🈂️	sa	japanese service charge button katakana
🈷️	u6708	japanese monthly amount button ideograph
🈶	u6709	japanese not free of charge button ideograph
🈯️	u6307	japanese reserved button ideograph
🉐	ideograph_advantage	japanese bargain button
🈹	u5272	japanese discount button ideograph
🈚️	u7121	japanese free of charge button ideograph
🈲	u7981	japanese prohibited button ideograph
🉑	accept	japanese acceptable button ideograph
🈸	u7533	japanese application button ideograph
🈴	u5408	japanese passing grade button ideograph
🈳	u7a7a	japanese vacancy button ideograph
㊗️	congratulations	japanese button ideograph
㊙️	secret	japanese button ideograph
🈺	u55b6	japanese open for business button ideograph
🈵	u6e80	japanese no vacancy button ideograph
🔴	red_circle	geometric
🟠	orange_circle	
🟡	yellow_circle	
🟢	green_circle	
🔵	blue_circle	geometric
🟣	purple_circle	
🟤	brown_circle	
⚫️	black_circle	geometric
⚪️	white_circle	geometric
🟥	red_square	card penalty
🟧	orange_square	
🟨	yellow_square	card penalty
🟩	green_square	
🟦	blue_square	
🟪	purple_square	
🟫	brown_square	
⬛️	black_large_square	geometric
⬜️	white_large_square	geometric
◼️	black_medium_square	geometric
◻️	white_medium_square	geometric
◾️	black_medium_small_square	geometric medium-small
◽️	white_medium_small_square	geometric medium-small
▪️	black_small_square	geometric
▫️	white_small_square	geometric
🔶	large_orange_diamond	geometric
🔷	large_blue_diamond	geometric
🔸	small_orange_diamond	geometric
🔹	small_blue_diamond	geometric
🔺	small_red_triangle	pointed up geometric
🔻	small_red_triangle_down	pointed geometric
💠	diamond_shape_with_a_dot_inside	comic geometric
🔘	radio_button	geometric
🔳	white_square_button	geometric outlined
🔲	black_square_button	geometric
#flags
🏁	checkered_flag	chequered finish flags game race racing sport win
🚩	triangular_flag_on_post	construction golf
🎌	crossed_flags	celebration cross japanese
🏴	flag_black waving_black_flag black_flag	
🏳️	flag_white waving_white_flag white_flag	
🏳️‍🌈	rainbow_flag gay_pride_flag	bisexual genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia queer trans transgender
🏳️‍⚧️	transgender_flag	blue light pink white
🏴‍☠️	pirate_flag	jolly plunder roger treasure
🇦🇨	flag_ac ac	ascension island
🇦🇩	flag_ad ad	andorra
🇦🇪	flag_ae ae	united arab emirates
🇦🇫	flag_af af	afghanistan
🇦🇬	flag_ag ag	antigua barbuda
🇦🇮	flag_ai ai	anguilla
🇦🇱	flag_al al	albania
🇦🇲	flag_am am	armenia
🇦🇴	flag_ao ao	angola
🇦🇶	flag_aq aq	antarctica
🇦🇷	flag_ar ar	argentina
🇦🇸	flag_as as	american samoa
🇦🇹	flag_at at	austria
🇦🇺	flag_au au	australia
🇦🇼	flag_aw aw	aruba
🇦🇽	flag_ax ax	åland islands
🇦🇿	flag_az az	azerbaijan
🇧🇦	flag_ba ba	bosnia herzegovina
🇧🇧	flag_bb bb	barbados
🇧🇩	flag_bd bd	bangladesh
🇧🇪	flag_be be	belgium
🇧🇫	flag_bf bf	burkina faso
🇧🇬	flag_bg bg	bulgaria
🇧🇭	flag_bh bh	bahrain
🇧🇮	flag_bi bi	burundi
🇧🇯	flag_bj bj	benin
🇧🇱	flag_bl bl	st barthélemy
🇧🇲	flag_bm bm	bermuda
🇧🇳	flag_bn bn	brunei
🇧🇴	flag_bo bo	bolivia
🇧🇶	flag_bq bq	caribbean netherlands
🇧🇷	flag_br br	brazil
🇧🇸	flag_bs bs	bahamas
🇧🇹	flag_bt bt	bhutan
🇧🇻	flag_bv bv	bouvet island
🇧🇼	flag_bw bw	botswana
🇧🇾	flag_by by	belarus
🇧🇿	flag_bz bz	belize
🇨🇦	flag_ca ca	canada
🇨🇨	flag_cc cc	cocos keeling islands
🇨🇩	flag_cd congo	kinshasa
🇨🇫	flag_cf cf	central african republic
🇨🇬	flag_cg cg	congo brazzaville
🇨🇭	flag_ch ch	switzerland
🇨🇮	flag_ci ci	côte ivoire
🇨🇰	flag_ck ck	cook islands
🇨🇱	flag_cl chile	
🇨🇲	flag_cm cm	cameroon
🇨🇳	flag_cn cn	china
🇨🇴	flag_co co	colombia
🇨🇵	flag_cp cp	clipperton island
🇨🇶@16	flag_cq flag_sark	
🇨🇷	flag_cr cr	costa rica
🇨🇺	flag_cu cu	cuba
🇨🇻	flag_cv cv	cape verde
🇨🇼	flag_cw cw	curaçao
🇨🇽	flag_cx cx	christmas island
🇨🇾	flag_cy cy	cyprus
🇨🇿	flag_cz cz	czechia
🇩🇪	flag_de de	germany
🇩🇬	flag_dg dg	diego garcia
🇩🇯	flag_dj dj	djibouti
🇩🇰	flag_dk dk	denmark
🇩🇲	flag_dm dm	dominica
🇩🇴	flag_do do	dominican republic
🇩🇿	flag_dz dz	algeria
🇪🇦	flag_ea ea	ceuta melilla
🇪🇨	flag_ec ec	ecuador
🇪🇪	flag_ee ee	estonia
🇪🇬	flag_eg eg	egypt
🇪🇭	flag_eh eh	western sahara
🇪🇷	flag_er er	eritrea
🇪🇸	flag_es es	spain
🇪🇹	flag_et et	ethiopia
🇪🇺	flag_eu eu	european union
🇫🇮	flag_fi fi	finland
🇫🇯	flag_fj fj	fiji
🇫🇰	flag_fk fk	falkland islands
🇫🇲	flag_fm fm	micronesia
🇫🇴	flag_fo fo	faroe islands
🇫🇷	flag_fr fr	france
🇬🇦	flag_ga ga	gabon
🇬🇧	flag_gb gb	united kingdom
🇬🇩	flag_gd gd	grenada
🇬🇪	flag_ge ge	georgia
🇬🇫	flag_gf gf	french guiana
🇬🇬	flag_gg gg	guernsey
🇬🇭	flag_gh gh	ghana
🇬🇮	flag_gi gi	gibraltar
🇬🇱	flag_gl gl	greenland
🇬🇲	flag_gm gm	gambia
🇬🇳	flag_gn gn	guinea
🇬🇵	flag_gp gp	guadeloupe
🇬🇶	flag_gq gq	equatorial guinea
🇬🇷	flag_gr gr	greece
🇬🇸	flag_gs gs	south georgia sandwich islands
🇬🇹	flag_gt gt	guatemala
🇬🇺	flag_gu gu	guam
🇬🇼	flag_gw gw	guinea bissau
🇬🇾	flag_gy gy	guyana
🇭🇰	flag_hk hk	hong kong sar china
🇭🇲	flag_hm hm	heard mcdonald islands
🇭🇳	flag_hn hn	honduras
🇭🇷	flag_hr hr	croatia
🇭🇹	flag_ht ht	haiti
🇭🇺	flag_hu hu	hungary
🇮🇨	flag_ic ic	canary islands
🇮🇩	flag_id indonesia	
🇮🇪	flag_ie ie	ireland
🇮🇱	flag_il il	israel
🇮🇲	flag_im im	isle of man
🇮🇳	flag_in in	india
🇮🇴	flag_io io	british indian ocean territory
🇮🇶	flag_iq iq	iraq
🇮🇷	flag_ir ir	iran
🇮🇸	flag_is is	iceland
🇮🇹	flag_it it	italy
🇯🇪	flag_je je	jersey
🇯🇲	flag_jm jm	jamaica
🇯🇴	flag_jo jo	jordan
🇯🇵	flag_jp jp	japan
🇰🇪	flag_ke ke	kenya
🇰🇬	flag_kg kg	kyrgyzstan
🇰🇭	flag_kh kh	cambodia
🇰🇮	flag_ki ki	kiribati
🇰🇲	flag_km km	comoros
🇰🇳	flag_kn kn	st kitts nevis
🇰🇵	flag_kp kp	north korea
🇰🇷	flag_kr kr	south korea
🇰🇼	flag_kw kw	kuwait
🇰🇾	flag_ky ky	cayman islands
🇰🇿	flag_kz kz	kazakhstan
🇱🇦	flag_la la	laos
🇱🇧	flag_lb lb	lebanon
🇱🇨	flag_lc lc	st lucia
🇱🇮	flag_li li	liechtenstein
🇱🇰	flag_lk lk	sri lanka
🇱🇷	flag_lr lr	liberia
🇱🇸	flag_ls ls	lesotho
🇱🇹	flag_lt lt	lithuania
🇱🇺	flag_lu lu	luxembourg
🇱🇻	flag_lv lv	latvia
🇱🇾	flag_ly ly	libya
🇲🇦	flag_ma ma	morocco
🇲🇨	flag_mc mc	monaco
🇲🇩	flag_md md	moldova
🇲🇪	flag_me me	montenegro
🇲🇫	flag_mf mf	st martin
🇲🇬	flag_mg mg	madagascar
🇲🇭	flag_mh mh	marshall islands
🇲🇰	flag_mk mk	north macedonia
🇲🇱	flag_ml ml	mali
🇲🇲	flag_mm mm	myanmar burma
🇲🇳	flag_mn mn	mongolia
🇲🇴	flag_mo mo	macao sar china
🇲🇵	flag_mp mp	northern mariana islands
🇲🇶	flag_mq mq	martinique
🇲🇷	flag_mr mr	mauritania
🇲🇸	flag_ms ms	montserrat
🇲🇹	flag_mt mt	malta
🇲🇺	flag_mu mu	mauritius
🇲🇻	flag_mv mv	maldives
🇲🇼	flag_mw mw	malawi
🇲🇽	flag_mx mx	mexico
🇲🇾	flag_my my	malaysia
🇲🇿	flag_mz mz	mozambique
🇳🇦	flag_na na	namibia
🇳🇨	flag_nc nc	new caledonia
🇳🇪	flag_ne ne	niger
🇳🇫	flag_nf nf	norfolk island
🇳🇬	flag_ng nigeria	
🇳🇮	flag_ni ni	nicaragua
🇳🇱	flag_nl nl	netherlands
🇳🇴	flag_no no	norway
🇳🇵	flag_np np	nepal
🇳🇷	flag_nr nr	nauru
🇳🇺	flag_nu nu	niue
🇳🇿	flag_nz nz	new zealand
🇴🇲	flag_om om	oman
🇵🇦	flag_pa pa	panama
🇵🇪	flag_pe pe	peru
🇵🇫	flag_pf pf	french polynesia
🇵🇬	flag_pg pg	papua new guinea
🇵🇭	flag_ph ph	philippines
🇵🇰	flag_pk pk	pakistan
🇵🇱	flag_pl pl	poland
🇵🇲	flag_pm pm	st pierre miquelon
🇵🇳	flag_pn pn	pitcairn islands
🇵🇷	flag_pr pr	puerto rico
🇵🇸	flag_ps ps	palestinian territories
🇵🇹	flag_pt pt	portugal
🇵🇼	flag_pw pw	palau
🇵🇾	flag_py py	paraguay
🇶🇦	flag_qa qa	qatar
🇷🇪	flag_re re	réunion
🇷🇴	flag_ro ro	romania
🇷🇸	flag_rs rs	serbia
🇷🇺	flag_ru ru	russia
🇷🇼	flag_rw rw	rwanda
🇸🇦	flag_sa saudiarabia saudi	arabia
🇸🇧	flag_sb sb	solomon islands
🇸🇨	flag_sc sc	seychelles
🇸🇩	flag_sd sd	sudan
🇸🇪	flag_se se	sweden
🇸🇬	flag_sg sg	singapore
🇸🇭	flag_sh sh	st helena
🇸🇮	flag_si si	slovenia
🇸🇯	flag_sj sj	svalbard jan mayen
🇸🇰	flag_sk sk	slovakia
🇸🇱	flag_sl sl	sierra leone
🇸🇲	flag_sm sm	san marino
🇸🇳	flag_sn sn	senegal
🇸🇴	flag_so so	somalia
🇸🇷	flag_sr sr	suriname
🇸🇸	flag_ss ss	south sudan
🇸🇹	flag_st st	são tomé príncipe
🇸🇻	flag_sv sv	el salvador
🇸🇽	flag_sx sx	sint maarten
🇸🇾	flag_sy sy	syria
🇸🇿	flag_sz sz	eswatini
🇹🇦	flag_ta ta	tristan da cunha
🇹🇨	flag_tc tc	turks caicos islands
🇹🇩	flag_td td	chad
🇹🇫	flag_tf tf	french southern territories
🇹🇬	flag_tg tg	togo
🇹🇭	flag_th th	thailand
🇹🇯	flag_tj tj	tajikistan
🇹🇰	flag_tk tk	tokelau
🇹🇱	flag_tl tl	timor leste
🇹🇲	flag_tm turkmenistan	
🇹🇳	flag_tn tn	tunisia
🇹🇴	flag_to to	tonga
🇹🇷	flag_tr tr	türkiye
🇹🇹	flag_tt tt	trinidad tobago
🇹🇻	flag_tv tuvalu	
🇹🇼	flag_tw tw	taiwan
🇹🇿	flag_tz tz	tanzania
🇺🇦	flag_ua ua	ukraine
🇺🇬	flag_ug ug	uganda
🇺🇲	flag_um um	outlying islands
🇺🇳	united_nations	flag un
🇺🇸	flag_us us	united states
🇺🇾	flag_uy uy	uruguay
🇺🇿	flag_uz uz	uzbekistan
🇻🇦	flag_va va	vatican city
🇻🇨	flag_vc vc	st vincent grenadines
🇻🇪	flag_ve ve	venezuela
🇻🇬	flag_vg vg	british virgin islands
🇻🇮	flag_vi vi	virgin islands
🇻🇳	flag_vn vn	vietnam
🇻🇺	flag_vu vu	vanuatu
🇼🇫	flag_wf wf	wallis futuna
🇼🇸	flag_ws ws	samoa
🇽🇰	flag_xk xk	kosovo
🇾🇪	flag_ye ye	yemen
🇾🇹	flag_yt yt	mayotte
🇿🇦	flag_za za	south africa
🇿🇲	flag_zm zm	zambia
🇿🇼	flag_zw zw	zimbabwe
🏴󠁧󠁢󠁥󠁮󠁧󠁿	england	flag gbeng
🏴󠁧󠁢󠁳󠁣󠁴󠁿	scotland	flag gbsct
🏴󠁧󠁢󠁷󠁬󠁳󠁿	wales	flag gbwls
#hidden
🇦	regional_indicator_a	
🇧	regional_indicator_b	
🇨	regional_indicator_c	
🇩	regional_indicator_d	
🇪	regional_indicator_e	
🇫	regional_indicator_f	
🇬	regional_indicator_g	
🇭	regional_indicator_h	
🇮	regional_indicator_i	
🇯	regional_indicator_j	
🇰	regional_indicator_k	
🇱	regional_indicator_l	
🇲	regional_indicator_m	
🇳	regional_indicator_n	
🇴	regional_indicator_o	
🇵	regional_indicator_p	
🇶	regional_indicator_q	
🇷	regional_indicator_r	
🇸	regional_indicator_s	
🇹	regional_indicator_t	
🇺	regional_indicator_u	
🇻	regional_indicator_v	
🇼	regional_indicator_w	
🇽	regional_indicator_x	
🇾	regional_indicator_y	
🇿	regional_indicator_z	
🏻	tone1	
🏼	tone2	
🏽	tone3	
🏾	tone4	
🏿	tone5	
🦰	red_haired red_hair	
🦱	curly_haired curly_hair	
🦳	white_haired white_hair	
🦲	bald	
`;
